//! The models of IR 2 as most people would write them: `#[derive(Serialize, Deserialize)]`, with
//! `#[serde(flatten)]` for what the pages do not list.
//!
//! Types, fields and names are those of the generated crate. What a derive can do without is left
//! out (documentation, constructors, setters, accessors), and types of the runtime are plain
//! strings: the comparison is to flatter the derive, if anybody.

use std::collections::BTreeMap;

use graph_codegen::rust::{
    Crate, Hierarchy, HierarchyVariant, Model, Namespace, OpenEnum, Presence, Primitive, Struct,
    Type, TypePath,
};

/// The files of the crate by path.
pub(super) fn emit(krate: &Crate) -> BTreeMap<String, String> {
    let modules = krate.namespaces.iter();
    let modules: String = modules
        .map(|n| format!("pub mod {};\n", n.module))
        .collect();
    let mut files = BTreeMap::from([
        ("Cargo.toml".to_owned(), MANIFEST.to_owned()),
        ("src/lib.rs".to_owned(), "pub mod models;\n".to_owned()),
        ("src/models.rs".to_owned(), modules),
    ]);
    for namespace in &krate.namespaces {
        let folder = format!("src/models/{}", plain(&namespace.module));
        files.insert(format!("{folder}.rs"), root(namespace));
        for file in &namespace.files {
            let path = format!("{folder}/{}.rs", plain(&file.module));
            files.insert(path, model(&file.model));
        }
    }
    files
}

const MANIFEST: &str = "\
[package]
name = \"derived\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"

[workspace]
";

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn root(namespace: &Namespace) -> String {
    let modules = namespace.files.iter();
    let modules = modules.map(|file| format!("mod {0};\npub use self::{0}::*;\n", file.module));
    modules.collect()
}

fn model(model: &Model) -> String {
    match model {
        Model::Struct(item) => structure(item),
        Model::OpenEnum(item) => open_enum(item),
        Model::Hierarchy(item) => hierarchy(item),
    }
}

fn structure(item: &Struct) -> String {
    let mut text = format!(
        "#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]\n\
         #[serde(default)]\n#[non_exhaustive]\npub struct {} {{\n",
        item.name
    );
    for field in &item.fields {
        let ty = match field.presence {
            Presence::Required => spelled(&field.ty),
            Presence::Optional | Presence::Patch => format!("Option<{}>", spelled(&field.ty)),
        };
        let skip = match field.presence {
            Presence::Required => "",
            Presence::Optional | Presence::Patch => ", skip_serializing_if = \"Option::is_none\"",
        };
        text.push_str(&format!(
            "    #[serde(rename = {:?}{skip})]\n    pub {}: {ty},\n",
            field.wire_name, field.name
        ));
    }
    text.push_str(
        "    #[serde(flatten)]\n    \
         pub additional_properties: serde_json::Map<String, serde_json::Value>,\n}\n",
    );
    text
}

fn open_enum(item: &OpenEnum) -> String {
    let variants = item.variants.iter();
    let variants = variants.map(|v| {
        format!(
            "    #[serde(rename = {:?})]\n    {},\n",
            v.wire_name, v.name
        )
    });
    let variants: String = variants.collect();
    format!(
        "#[derive(Clone, Debug, Eq, Hash, PartialEq, serde::Serialize, serde::Deserialize)]\n\
         #[non_exhaustive]\npub enum {name} {{\n{variants}    \
         #[serde(untagged)]\n    Unknown(String),\n}}\n\
         impl Default for {name} {{\n    \
         fn default() -> Self {{\n        Self::Unknown(String::new())\n    }}\n}}\n",
        name = item.name,
    )
}

fn hierarchy(item: &Hierarchy) -> String {
    let tagged = item.variants.iter().map(|variant: &HierarchyVariant| {
        let tag = format!("#{}", variant.odata_type);
        format!(
            "    #[serde(rename = {tag:?})]\n    {}(Box<{}>),\n",
            variant.name,
            path(&variant.ty)
        )
    });
    let tagged: String = tagged.collect();
    let unknown = path(&item.unknown);
    format!(
        "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n\
         #[serde(tag = \"@odata.type\")]\n#[non_exhaustive]\npub enum {name} {{\n{tagged}    \
         #[serde(untagged)]\n    Unknown(Box<{unknown}>),\n}}\n\
         impl Default for {name} {{\n    \
         fn default() -> Self {{\n        Self::Unknown(Box::default())\n    }}\n}}\n",
        name = item.name,
    )
}

fn path(path: &TypePath) -> String {
    format!("crate::models::{}::{}", path.namespace, path.name)
}

fn spelled(ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => self::primitive(*primitive).to_owned(),
        Type::Model(model) => path(model),
        Type::Boxed(inner) => format!("Box<{}>", spelled(inner)),
        Type::Vec(inner) | Type::Collection(inner) => format!("Vec<{}>", spelled(inner)),
        Type::Flags(_) => "String".to_owned(),
    }
}

fn primitive(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Boolean => "bool",
        Primitive::Byte => "u8",
        Primitive::SByte => "i8",
        Primitive::Int16 => "i16",
        Primitive::Int32 => "i32",
        Primitive::Int64 => "i64",
        Primitive::Single => "f32",
        Primitive::Double => "f64",
        Primitive::Json => "serde_json::Value",
        Primitive::String
        | Primitive::Decimal
        | Primitive::Guid
        | Primitive::DateTimeOffset
        | Primitive::Date
        | Primitive::TimeOfDay
        | Primitive::Duration
        | Primitive::Binary => "String",
    }
}

#[cfg(test)]
mod tests {
    use graph_codegen::rust::{Doc, Field};

    use super::*;

    #[test]
    fn a_struct_keeps_what_is_not_listed() {
        let field = Field {
            name: "r#type".to_owned(),
            setter: "r#type".to_owned(),
            wire_name: "type".to_owned(),
            doc: Doc::default(),
            ty: Type::Primitive(Primitive::Guid),
            presence: Presence::Optional,
        };
        let text = structure(&Struct {
            name: "Task".to_owned(),
            fields: vec![field],
            ..Struct::default()
        });
        assert!(text.contains("rename = \"type\", skip_serializing_if"));
        assert!(text.contains("pub r#type: Option<String>,"));
        assert!(text.contains("#[serde(flatten)]"));
    }
}
