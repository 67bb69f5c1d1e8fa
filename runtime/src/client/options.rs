//! The query options and headers that many operations document: one trait for each, which the types
//! of the operations that document it implement, and one method of [`Request`] behind it.
//!
//! An option that an operation does not document is no method of its requests; [`Request::query`]
//! and [`Request::header`] set any other.
//!
//! Options that are lists grow with each call; all others hold what was set last.

use super::Request;
use super::filter::Condition;

/// Declares the trait of an option and the method that it stands for.
macro_rules! options {
    ($($(#[$doc:meta])* $name:ident . $method:ident ($($value:tt)+) $wire_name:literal $set:ident;)+) => {
        $(
            $(#[$doc])*
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not document this option",
                note = "`Request::query` and `Request::header` set what is not documented"
            )]
            pub trait $name {}

            impl<O: $name> Request<O> {
                options! { @method $(#[$doc])* $method ($($value)+) $wire_name $set }
            }
        )+

        /// What any option may be set on: requests that no page documents.
        macro_rules! every_option {
            ($ty:ty, $parameter:ident) => { $(impl<$parameter> $crate::options::$name for $ty {})+ };
        }
    };
    (@method $(#[$doc:meta])* $method:ident (text) $wire_name:literal $set:ident) => {
        $(#[$doc])*
        pub fn $method(self, value: impl AsRef<str>) -> Self {
            self.$set($wire_name, value.as_ref())
        }
    };
    (@method $(#[$doc:meta])* $method:ident (condition) $wire_name:literal $set:ident) => {
        $(#[$doc])*
        pub fn $method(self, value: impl Into<Condition>) -> Self {
            self.query_condition($wire_name, value.into())
        }
    };
    (@method $(#[$doc:meta])* $method:ident (list) $wire_name:literal $set:ident) => {
        $(#[$doc])*
        pub fn $method(self, values: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
            self.query_list($wire_name, &joined(values))
        }
    };
    (@method $(#[$doc:meta])* $method:ident ($ty:ty) $wire_name:literal $set:ident) => {
        $(#[$doc])*
        pub fn $method(self, value: $ty) -> Self {
            self.$set($wire_name, value)
        }
    };
}

options! {
    /// Sets `$apply`: aggregation, as in `groupby((status))`.
    Apply.apply(text) "$apply" query;
    /// Sets `$count`: whether the answer also says how many items there are in all.
    Count.count(bool) "$count" query;
    /// Sets `$deltatoken`: the state since which changes are wanted.
    DeltaToken.delta_token(text) "$deltatoken" query;
    /// Adds to `$expand`: the related objects to be sent along.
    Expand.expand(list) "$expand" query;
    /// Sets `$filter`: the condition that items must meet, as text like `status eq 'open'`, or put
    /// together by [`filter::field`](crate::filter::field).
    Filter.filter(condition) "$filter" query;
    /// Sets `$format`: the media type of the answer.
    Format.format(text) "$format" query;
    /// Adds to `$orderby`: the properties to sort by, each followed by ` desc` where wanted.
    OrderBy.order_by(list) "$orderby" query;
    /// Sets `$search`: the words to search for.
    Search.search(text) "$search" query;
    /// Adds to `$select`: the properties to be sent. However often it is called, they go into one
    /// option with commas.
    Select.select(list) "$select" query;
    /// Sets `$skip`: how many items to leave out at the start.
    Skip.skip(u64) "$skip" query;
    /// Sets `$skiptoken`: where an earlier page ended.
    SkipToken.skip_token(text) "$skiptoken" query;
    /// Sets `$top`: how many items a page holds at most.
    Top.top(u64) "$top" query;
    /// Sets `Accept-Language`: the languages that texts are wanted in.
    AcceptLanguage.accept_language(text) "Accept-Language" header;
    /// Sets `ConsistencyLevel`: `eventual` for advanced queries on directory objects.
    ConsistencyLevel.consistency_level(text) "ConsistencyLevel" header;
    /// Sets `If-Match`: the request is carried out only if the object still has that ETag.
    IfMatch.if_match(text) "If-Match" header;
    /// Sets `If-None-Match`: the request is carried out only if the object has another ETag.
    IfNoneMatch.if_none_match(text) "If-None-Match" header;
    /// Adds to `Prefer` (RFC 7240), as in `outlook.timezone="UTC"`.
    Prefer.prefer(text) "Prefer" header;
    /// Sets `workbook-session-id`: the session that changes of a workbook belong to.
    WorkbookSessionId.workbook_session_id(text) "workbook-session-id" header;
}

pub(super) use every_option;

/// The values with commas between them, as one option takes them.
fn joined(values: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for value in values {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(value.as_ref());
    }
    text
}
