//! [`Place`]: a generated request builder to the path that it stands for.

use super::Resource;
use crate::model::Reference;

/// A place in the API: what every generated request builder is.
///
/// It gives the path of a builder to what no generated method does: requests that no page documents, and
/// references to what stands there. A reference to a builder is taken wherever a [`Reference`] is:
///
/// ```
/// use graph_runtime::Resource;
/// use graph_runtime::model::Reference;
///
/// # #[derive(Clone)]
/// pub struct UsersItemRequestBuilder {
///     resource: Resource,
/// }
///
/// graph_runtime::place!(UsersItemRequestBuilder);
///
/// fn member(user: &UsersItemRequestBuilder) -> Reference {
///     user.into()
/// }
/// ```
pub trait Place {
    /// The path below the endpoint.
    fn resource(&self) -> &Resource;

    /// The object here, as what a request to `…/$ref` takes.
    fn reference(&self) -> Reference {
        self.resource().reference()
    }
}

impl Place for Resource {
    fn resource(&self) -> &Resource {
        self
    }
}

impl<P: Place> From<&P> for Reference {
    fn from(place: &P) -> Self {
        place.reference()
    }
}

/// Makes generated request builders, which hold a `resource`, [places](crate::Place).
#[macro_export]
macro_rules! place {
    ($name:ident) => {
        impl $crate::Place for $name {
            fn resource(&self) -> &$crate::Resource {
                &self.resource
            }
        }
    };
}
