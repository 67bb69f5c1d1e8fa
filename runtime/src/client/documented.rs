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

/// Makes a generated type an operation: the type, how its answer is read, and the
/// [options](crate::options) that its page documents.
///
/// The type has a constant `OPERATION`:
///
/// ```
/// use graph_runtime::{Json, Operation, Permissions, Request, Resource};
///
/// pub enum Get {}
///
/// impl Get {
///     pub const OPERATION: Operation = Operation {
///         name: "Get task",
///         method: "GET",
///         path_templates: &["/tasks/{id}"],
///         permissions: Permissions { delegated_work: None, delegated_personal: None, application: None },
///         errors: &[],
///         documentation: None,
///     };
/// }
///
/// graph_runtime::operation!(Get, Json<String>, Select);
///
/// async fn get(place: &Resource) -> Result<String, graph_runtime::Error> {
///     let request: Request<Get> = place.request();
///     request.select(["id"]).header("Prefer", "return=minimal").await
/// }
/// ```
#[macro_export]
macro_rules! operation {
    ($name:ty, $response:ty $(, $option:ident)* $(,)?) => {
        impl $crate::RequestType for $name {
            type Response = $response;
        }
        impl $crate::DocumentedOperation for $name {
            const OPERATION: &'static $crate::Operation = &<$name>::OPERATION;
        }
        $(impl $crate::options::$option for $name {})*
    };
}
