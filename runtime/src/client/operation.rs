//! What the documentation says of an operation, as constants of generated code.

/// One documented operation. Generated code builds these as constants.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Operation {
    /// What the documentation calls it, such as `List incidentTasks`.
    pub name: &'static str,
    /// The HTTP method in capitals, such as `PATCH`.
    pub method: &'static str,
    /// The documented paths, placeholders in braces, such as `/security/incidentTasks/{id}`.
    pub path_templates: &'static [&'static str],
    /// Which permissions let a caller use it.
    pub permissions: Permissions,
    /// The errors that its page lists.
    pub errors: &'static [DocumentedError],
    /// The address of its page; `None` when it is not known where that is published.
    pub documentation: Option<&'static str>,
}

/// The permissions of an operation, by the three ways an application can sign in.
///
/// `None` where that way is not supported or the documentation is silent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Permissions {
    /// For a user with a work or school account.
    pub delegated_work: Option<PermissionSet>,
    /// For a user with a personal Microsoft account.
    pub delegated_personal: Option<PermissionSet>,
    /// For an application without a user.
    pub application: Option<PermissionSet>,
}

/// Permissions any one of which is enough, the narrower ones apart.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PermissionSet {
    /// The least privileged.
    pub least: &'static [&'static str],
    /// Those that allow more than the operation needs.
    pub higher: &'static [&'static str],
}

/// An error that the page of an operation lists.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DocumentedError {
    /// The HTTP status code.
    pub status: u16,
    /// The `code` of the error object.
    pub code: &'static str,
    /// The `message` of the error object, placeholders in braces.
    pub message: &'static str,
    /// When it happens, in the page's words.
    pub condition: &'static str,
}
