//! The XML of a CSDL document into a [`Service`].

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{Call, Enumeration, Service, Structured, TypeName, Typed};
use crate::verify::MetadataError;
use crate::verify::kind::TypeKind;

/// Alias → namespace.
type Aliases<'x> = BTreeMap<&'x str, &'x str>;

/// Reads a document. Elements that are not known here are passed over, as CSDL may get new ones.
///
/// # Errors
///
/// When the text is no XML, has no `Schema`, or leaves out an attribute that CSDL demands.
pub(in crate::verify) fn read(text: &str) -> Result<Service, MetadataError> {
    let document = Document::parse(text).map_err(|error| MetadataError::Xml(error.to_string()))?;
    let schemas = document.descendants().filter(|node| is(*node, "Schema"));
    let schemas: Vec<Node<'_, '_>> = schemas.collect();
    if schemas.is_empty() {
        return Err(MetadataError::NoSchema);
    }
    let mut reader = Reader {
        aliases: schemas.iter().filter_map(|schema| alias(*schema)).collect(),
        service: Service::default(),
    };
    for schema in &schemas {
        let namespace = required(*schema, "Namespace")?;
        for node in schema.children().filter(Node::is_element) {
            reader.declaration(namespace, node)?;
        }
    }
    let mut service = reader.service;
    service.index();
    Ok(service)
}

/// The service as far as it is read.
struct Reader<'x> {
    aliases: Aliases<'x>,
    service: Service,
}

impl Reader<'_> {
    /// Takes in one child of a `Schema`.
    fn declaration(&mut self, namespace: &str, node: Node<'_, '_>) -> Result<(), MetadataError> {
        match node.tag_name().name() {
            "EntityType" => self.structured(namespace, node, TypeKind::Entity),
            "ComplexType" => self.structured(namespace, node, TypeKind::Complex),
            "EnumType" => self.enumeration(namespace, node),
            "Action" | "Function" => self.call(node),
            "EntityContainer" => self.container(node),
            _ => Ok(()),
        }
    }

    fn structured(
        &mut self,
        namespace: &str,
        node: Node<'_, '_>,
        kind: TypeKind,
    ) -> Result<(), MetadataError> {
        let name = format!("{namespace}.{}", required(node, "Name")?);
        let structured = Structured {
            name: name.clone(),
            kind,
            base: node.attribute("BaseType").map(|base| self.full(base)),
            is_abstract: is_true(node, "Abstract"),
            is_open: is_true(node, "OpenType"),
            properties: self.typed(node, "Property")?,
            navigations: self.typed(node, "NavigationProperty")?,
        };
        self.service.types.insert(name, structured);
        Ok(())
    }

    fn enumeration(&mut self, namespace: &str, node: Node<'_, '_>) -> Result<(), MetadataError> {
        let name = format!("{namespace}.{}", required(node, "Name")?);
        let member = |member: Node<'_, '_>| {
            let number = member.attribute("Value").and_then(|v| v.parse().ok());
            Ok((required(member, "Name")?.to_owned(), number))
        };
        let enumeration = Enumeration {
            name: name.clone(),
            members: children(node, "Member")
                .map(member)
                .collect::<Result<_, _>>()?,
        };
        self.service.enums.insert(name, enumeration);
        Ok(())
    }

    fn call(&mut self, node: Node<'_, '_>) -> Result<(), MetadataError> {
        let mut parameters = self.typed(node, "Parameter")?;
        let is_bound = is_true(node, "IsBound") && !parameters.is_empty();
        let binding = is_bound.then(|| parameters.remove(0).type_name);
        let answer = children(node, "ReturnType").next();
        let returns = answer.map(|answer| required(answer, "Type")).transpose()?;
        let call = Call {
            name: required(node, "Name")?.to_owned(),
            is_function: is(node, "Function"),
            binding,
            parameters,
            returns: returns.map(|name| self.type_name(name)),
        };
        self.service.calls.push(call);
        Ok(())
    }

    fn container(&mut self, node: Node<'_, '_>) -> Result<(), MetadataError> {
        for child in node.children().filter(Node::is_element) {
            let (attribute, is_collection) = match child.tag_name().name() {
                "EntitySet" => ("EntityType", true),
                "Singleton" => ("Type", false),
                _ => continue,
            };
            let name = self.full(required(child, attribute)?);
            let root = TypeName {
                name,
                is_collection,
            };
            let key = required(child, "Name")?.to_lowercase();
            self.service.roots.insert(key, root);
        }
        Ok(())
    }

    /// The children of one tag, which have a `Name` and a `Type`.
    fn typed(&self, node: Node<'_, '_>, tag: &str) -> Result<Vec<Typed>, MetadataError> {
        let read = |child| {
            Ok(Typed {
                name: required(child, "Name")?.to_owned(),
                type_name: self.type_name(required(child, "Type")?),
            })
        };
        children(node, tag).map(read).collect()
    }

    fn type_name(&self, text: &str) -> TypeName {
        let inner = text.strip_prefix("Collection(");
        let inner = inner.and_then(|rest| rest.strip_suffix(')'));
        TypeName {
            name: self.full(inner.unwrap_or(text)),
            is_collection: inner.is_some(),
        }
    }

    /// A qualified name with its alias replaced.
    fn full(&self, name: &str) -> String {
        let replaced = name.rsplit_once('.').and_then(|(prefix, local)| {
            let namespace = self.aliases.get(prefix)?;
            Some(format!("{namespace}.{local}"))
        });
        replaced.unwrap_or_else(|| name.to_owned())
    }
}

fn alias<'n>(schema: Node<'n, '_>) -> Option<(&'n str, &'n str)> {
    Some((schema.attribute("Alias")?, schema.attribute("Namespace")?))
}

fn children<'n, 'x: 'n>(node: Node<'n, 'x>, tag: &str) -> impl Iterator<Item = Node<'n, 'x>> {
    node.children().filter(move |child| is(*child, tag))
}

/// Whether a node is an element of this local name, in whatever version of the EDM namespace.
fn is(node: Node<'_, '_>, tag: &str) -> bool {
    node.is_element() && node.tag_name().name() == tag
}

fn is_true(node: Node<'_, '_>, attribute: &str) -> bool {
    node.attribute(attribute) == Some("true")
}

fn required<'n>(node: Node<'n, '_>, attribute: &'static str) -> Result<&'n str, MetadataError> {
    let missing = || MetadataError::MissingAttribute {
        element: node.tag_name().name().to_owned(),
        attribute,
        line: node.document().text_pos_at(node.range().start).row,
    };
    node.attribute(attribute).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(inside: &str) -> String {
        format!(
            r#"<Edmx><DataServices><Schema Namespace="a.b" Alias="s">{inside}</Schema></DataServices></Edmx>"#
        )
    }

    #[test]
    fn aliases_and_collections_are_taken_apart() {
        let text = schema(
            r#"<EntityType Name="book" BaseType="s.entity" Abstract="true" OpenType="true">
                 <Property Name="pages" Type="Collection(s.page)" />
                 <NavigationProperty Name="shelf" Type="s.shelf" />
               </EntityType>"#,
        );
        let service = read(&text).expect("metadata");
        let book = &service.types["a.b.book"];
        assert_eq!(book.base.as_deref(), Some("a.b.entity"));
        assert!(book.is_abstract && book.is_open);
        let names = book.members().map(|member| member.type_name.to_string());
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["Collection(a.b.page)", "a.b.shelf"]
        );
    }

    #[test]
    fn the_binding_parameter_is_none_of_the_parameters() {
        let text = schema(
            r#"<Function Name="find" IsBound="true"><Parameter Name="it" Type="s.shelf" />
                 <Parameter Name="word" Type="Edm.String" /><ReturnType Type="s.book" /></Function>
               <Action Name="sweep"><Parameter Name="deep" Type="Edm.Boolean" /></Action>"#,
        );
        let service = read(&text).expect("metadata");
        let shapes = service.calls.iter().map(|call| {
            let parameters = call.parameters.len();
            (call.is_function, call.binding.is_some(), parameters)
        });
        assert_eq!(
            shapes.collect::<Vec<_>>(),
            [(true, true, 1), (false, false, 1)]
        );
    }

    #[test]
    fn what_is_no_metadata_is_told_in_a_sentence() {
        let cases = [
            ("<Edmx>".to_owned(), "no XML"),
            ("<Edmx />".to_owned(), "no `Schema`"),
            (
                schema("\n<EntityType />"),
                "line 2: `EntityType` lacks the attribute `Name`",
            ),
        ];
        for (text, expected) in cases {
            let error = read(&text).expect_err("no metadata").to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_type_that_inherits_from_itself_ends() {
        let text = schema(
            r#"<ComplexType Name="a" BaseType="s.b" /><ComplexType Name="b" BaseType="s.a" />"#,
        );
        let service = read(&text).expect("metadata");
        assert_eq!(service.lineage("a.b.a").count(), 2);
        assert!(!service.descendants("a.b.a").is_empty());
    }
}
