//! A documented type and the service's, held against each other.

use super::codes::Code;
use super::csdl::{Service, TypeName};
use crate::assemble::local_name;
use crate::schema::TypeRef;

/// Documented name → the metadata's name of the same type.
const SAME: &[(&str, &str)] = &[("Edm.Untyped", "microsoft.graph.Json")];

const NUMBERS: &[&str] = &[
    "Edm.Byte",
    "Edm.Decimal",
    "Edm.Double",
    "Edm.Int16",
    "Edm.Int32",
    "Edm.Int64",
    "Edm.SByte",
    "Edm.Single",
];

/// How a documented type differs from the service's; nothing when it does not.
pub(super) fn difference(
    documented: &TypeRef,
    service: &TypeName,
    metadata: &Service,
) -> Option<Code> {
    let (page, truth) = (documented.name.as_str(), service.name.as_str());
    if page.eq_ignore_ascii_case(truth) || SAME.contains(&(page, truth)) {
        let differs = documented.is_collection != service.is_collection;
        return differs.then_some(Code::TypeCollection);
    }
    let is_number = |name: &str| NUMBERS.contains(&name);
    Some(
        if page == "Edm.String" && metadata.enums.contains_key(truth) {
            Code::TypeEnumAsString
        } else if is_number(page) && is_number(truth) {
            Code::TypeNumberWidth
        } else if local_name(page).eq_ignore_ascii_case(local_name(truth)) {
            Code::TypeNamespace
        } else if !page.contains('.') {
            Code::TypeUnbound
        } else {
            Code::TypeDiffers
        },
    )
}

/// A documented type as the metadata would write it.
pub(super) fn text(documented: &TypeRef) -> TypeName {
    TypeName {
        name: documented.name.clone(),
        is_collection: documented.is_collection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::csdl;

    #[test]
    fn differences_of_types_have_their_codes() {
        let metadata = r#"<Schema Namespace="g"><EnumType Name="mode" /></Schema>"#;
        let metadata = csdl::read(metadata).expect("metadata");
        let cases = [
            ("Edm.String", false, "Edm.String", false, None),
            ("g.Mode", false, "g.mode", false, None),
            ("Edm.Untyped", true, "microsoft.graph.Json", true, None),
            ("g.a", true, "g.a", false, Some(Code::TypeCollection)),
            (
                "Edm.String",
                false,
                "g.mode",
                false,
                Some(Code::TypeEnumAsString),
            ),
            (
                "Edm.String",
                false,
                "g.other",
                false,
                Some(Code::TypeDiffers),
            ),
            (
                "Edm.Int32",
                false,
                "Edm.Int64",
                false,
                Some(Code::TypeNumberWidth),
            ),
            ("g.x.a", false, "g.a", false, Some(Code::TypeNamespace)),
            ("thing", false, "g.a", false, Some(Code::TypeUnbound)),
        ];
        for (page, many, truth, all, expected) in cases {
            let documented = TypeRef {
                name: page.to_owned(),
                is_collection: many,
                ..TypeRef::default()
            };
            let service = TypeName {
                name: truth.to_owned(),
                is_collection: all,
            };
            let found = difference(&documented, &service, &metadata);
            assert_eq!(found, expected, "{page} {truth}");
        }
    }
}
