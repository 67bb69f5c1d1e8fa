//! Operations as types: what a [`Request`](super::Request) is for, and how its answer is read.

use std::marker::PhantomData;

use super::options::every_option;
use super::{Operation, ResponseKind};

/// What a [`Request`](super::Request) is for: its type parameter.
pub trait RequestType: 'static {
    /// How the answer is read.
    type Response: ResponseKind;
}

/// A documented operation as a type, which has no values. Generated code implements it by
/// [`operation!`](crate::operation).
pub trait DocumentedOperation: RequestType {
    /// What the documentation says of it.
    const OPERATION: &'static Operation;
}

/// What no page documents: a request on which every option can be set, and whose answer is read as
/// `R` says.
pub struct Undocumented<R>(PhantomData<fn() -> R>);

impl<R: ResponseKind> RequestType for Undocumented<R> {
    type Response = R;
}

every_option!(Undocumented<R>, R);

/// Makes a generated type an operation: its documented facts, how its answer is read, and the
/// [options](crate::options) that its page documents.
///
/// The facts become its constant `OPERATION`. Callers that the page names no permissions for are left
/// out; of the permissions, the least privileged stand before the bar:
///
/// ```
/// use graph_runtime::{Json, Request, Resource};
///
/// pub enum Get {}
///
/// graph_runtime::operation! {
///     Get {
///         name: "Get task",
///         method: "GET",
///         paths: ["/tasks/{id}"],
///         application: ["Task.Read.All"] | ["Task.ReadWrite.All"],
///         error: 404 "NotFound", "There is no task {id}", "No task has that ID.",
///         documentation: "https://learn.microsoft.com/graph/api/task-get",
///         response: Json<String>,
///         options: [Select],
///     }
/// }
///
/// async fn get(place: &Resource) -> Result<String, graph_runtime::Error> {
///     let request: Request<Get> = place.request();
///     request.select(["id"]).header("Prefer", "return=minimal").await
/// }
///
/// assert!(Get::OPERATION.permissions.delegated_work.is_none());
/// assert_eq!(Get::OPERATION.errors[0].status, 404);
/// ```
#[macro_export]
macro_rules! operation {
    (@permissions) => { ::core::option::Option::None };
    (@permissions [$($least:literal),*] | [$($higher:literal),*]) => {
        ::core::option::Option::Some($crate::PermissionSet {
            least: &[$($least),*],
            higher: &[$($higher),*],
        })
    };
    (@documentation) => { ::core::option::Option::None };
    (@documentation $url:literal) => { ::core::option::Option::Some($url) };
    (
        $name:ident {
            name: $title:literal,
            method: $method:literal,
            paths: [$($path:literal),*],
            $(delegated_work: $work_least:tt | $work_higher:tt,)?
            $(delegated_personal: $personal_least:tt | $personal_higher:tt,)?
            $(application: $application_least:tt | $application_higher:tt,)?
            $(error: $status:literal $code:literal, $message:literal, $condition:literal,)*
            $(documentation: $url:literal,)?
            response: $response:ty,
            options: [$($option:ident),*],
        }
    ) => {
        impl $name {
            /// What the documentation says of the operation: paths, permissions, errors.
            pub const OPERATION: $crate::Operation = $crate::Operation {
                name: $title,
                method: $method,
                path_templates: &[$($path),*],
                permissions: $crate::Permissions {
                    delegated_work: $crate::operation!(@permissions $($work_least | $work_higher)?),
                    delegated_personal: $crate::operation!(
                        @permissions $($personal_least | $personal_higher)?
                    ),
                    application: $crate::operation!(
                        @permissions $($application_least | $application_higher)?
                    ),
                },
                errors: &[$($crate::DocumentedError {
                    status: $status,
                    code: $code,
                    message: $message,
                    condition: $condition,
                }),*],
                documentation: $crate::operation!(@documentation $($url)?),
            };
        }

        impl $crate::RequestType for $name {
            type Response = $response;
        }

        impl $crate::DocumentedOperation for $name {
            const OPERATION: &'static $crate::Operation = &Self::OPERATION;
        }

        $(impl $crate::options::$option for $name {})*
    };
}
