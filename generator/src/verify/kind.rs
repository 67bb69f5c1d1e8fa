//! The kinds of types that both sides know.

/// What a type is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TypeKind {
    /// With identity.
    Entity,
    /// Without identity.
    Complex,
    /// A list of members.
    Enum,
}

impl TypeKind {
    /// For messages.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Entity => "an entity type",
            Self::Complex => "a complex type",
            Self::Enum => "an enumeration",
        }
    }
}
