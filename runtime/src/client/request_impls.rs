//! What every generated request type has in common, written once.

/// Makes a generated struct with a field `request` of type [`Request`](crate::Request) awaitable.
///
/// The first argument is the struct, the second what awaiting it gives:
///
/// ```
/// use graph_runtime::{Json, Request};
///
/// #[must_use = "requests are sent when they are awaited"]
/// pub struct GetTaskRequest {
///     request: Request<Json<String>>,
/// }
///
/// graph_runtime::request_impls!(GetTaskRequest, String);
///
/// async fn get(request: GetTaskRequest) -> Result<String, graph_runtime::Error> {
///     request.header("Prefer", "return=minimal").await
/// }
/// ```
///
/// It adds `header`, `send` and [`IntoFuture`].
#[macro_export]
macro_rules! request_impls {
    ($name:ident, $output:ty $(,)?) => {
        impl $name {
            /// Adds a header to the request, in place of one of the same name; preferences add up.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.request = self.request.header(name, value);
                self
            }

            /// Sends the request, as awaiting it does.
            ///
            /// # Errors
            ///
            /// Whatever keeps the output from being had; see [`Error`]($crate::Error).
            pub fn send(
                self,
            ) -> $crate::BoxFuture<'static, ::core::result::Result<$output, $crate::Error>> {
                self.request.send()
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.request.send()
            }
        }
    };
}
