//! What a name on a page leads to.
//!
//! A qualified name is what it is. A bare one is first what its link leads to, when the type there
//! has that name; then the type of the page's own namespace; then that of `microsoft.graph`; then
//! the only type there is on the linked page, or under that name anywhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::ROOT_NAMESPACE;
use crate::extract::PageFacts;
use crate::schema::{Operation, Property, RequestBody, StructuredType, TypeRef};

/// Every name that the pages define. Each is looked up by what a reference says, tens of thousands of
/// times, and nothing depends on the order of the keys.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Lower-case qualified name → the name as written.
    qualified: HashMap<String, String>,
    /// Lower-case local name → every qualified name that ends in it.
    local: HashMap<String, Vec<String>>,
    /// Lower-case page path → the names that the page defines.
    pages: HashMap<String, PageNames>,
}

/// The names that one page defines.
#[derive(Debug, Default)]
struct PageNames {
    types: Vec<String>,
    enums: Vec<String>,
}

/// Gives a page of enumerations that names no namespace that of the pages that use these, when it
/// is one and the same.
pub(super) fn adopt_namespaces(facts: &mut [PageFacts]) {
    let is_nameless = |page: &PageFacts| {
        page.namespace.is_none() && page.types.is_empty() && !page.enums.is_empty()
    };
    let nameless = facts.iter().filter(|page| is_nameless(page));
    let wanted = nameless.flat_map(|page| &page.enums);
    let wanted: BTreeSet<String> = wanted.map(|found| found.name.to_lowercase()).collect();
    if wanted.is_empty() {
        return;
    }
    let users = users(facts, &wanted);
    for page in facts.iter_mut().filter(|page| is_nameless(page)) {
        let names = page.enums.iter().map(|found| found.name.to_lowercase());
        let found: BTreeSet<&String> = names
            .filter_map(|name| users.get(&name))
            .flatten()
            .collect();
        if let [only] = Vec::from_iter(found).as_slice() {
            page.namespace = Some((*only).clone());
        }
    }
}

/// Lower-case bare name → the namespaces of the pages that use it for a type, for some names.
fn users(facts: &mut [PageFacts], wanted: &BTreeSet<String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, namespace) in facts
        .par_iter_mut()
        .flat_map_iter(|page| uses(page, wanted))
        .collect::<Vec<_>>()
    {
        users.entry(name).or_default().insert(namespace);
    }
    users
}

/// The wanted names that a page uses for types, each with the page's namespace.
fn uses(page: &mut PageFacts, wanted: &BTreeSet<String>) -> Vec<(String, String)> {
    let namespace = namespace(page).to_owned();
    let mut uses = Vec::new();
    for_each_type_ref(page, &mut |type_ref| {
        if !type_ref.name.contains('.') {
            let name = lower(&type_ref.name);
            if wanted.contains(name.as_ref()) {
                uses.push((name.into_owned(), namespace.clone()));
            }
        }
    });
    uses
}

/// Puts the page's namespace before the names that it defines without one.
pub(super) fn qualify(page: &mut PageFacts) {
    let namespace = namespace(page).to_owned();
    let types = page.types.iter_mut().map(|t| &mut t.name);
    let enums = page.enums.iter_mut().map(|e| &mut e.name);
    for name in types.chain(enums) {
        if !name.contains('.') {
            *name = format!("{namespace}.{name}");
        }
    }
}

/// The namespace that a page's bare names belong to.
pub(super) fn namespace(page: &PageFacts) -> &str {
    page.namespace.as_deref().unwrap_or(ROOT_NAMESPACE)
}

/// The part of a qualified name behind its last dot.
pub(crate) fn local_name(qualified: &str) -> &str {
    let dot = memchr::memrchr(b'.', qualified.as_bytes());
    dot.and_then(|dot| qualified.get(dot + 1..))
        .unwrap_or(qualified)
}

/// A name or a path in lower case.
fn lower(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        return Cow::Owned(text.to_lowercase());
    }
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// The part of a qualified name before its last dot.
pub(crate) fn namespace_of(qualified: &str) -> &str {
    qualified
        .rsplit_once('.')
        .map_or(ROOT_NAMESPACE, |(n, _)| n)
}

/// Whether a name is one of OData's primitive types.
pub(crate) fn is_primitive(name: &str) -> bool {
    name.starts_with("Edm.")
}

impl Names {
    /// Collects the names that `facts` define.
    pub(super) fn of(facts: &[PageFacts]) -> Self {
        let mut names = Self::default();
        for page in facts {
            for defined in &page.types {
                let known = names.define(&defined.name);
                for page in &defined.pages {
                    push_once(&mut names.on_page(&page.path).types, &known);
                }
            }
            for defined in &page.enums {
                let known = names.define(&defined.name);
                for page in &defined.pages {
                    push_once(&mut names.on_page(&page.path).enums, &known);
                }
            }
        }
        names
    }

    /// Whether a page defines a type of this qualified name.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        self.qualified.contains_key(lower(name).as_ref())
    }

    /// Takes a name in, and gives it as it was written first.
    fn define(&mut self, name: &str) -> String {
        let known = self
            .qualified
            .entry(name.to_lowercase())
            .or_insert_with(|| name.to_owned())
            .clone();
        let local = self.local.entry(local_name(name).to_lowercase());
        push_once(local.or_default(), &known);
        known
    }

    fn on_page(&mut self, path: &str) -> &mut PageNames {
        self.pages.entry(path.to_lowercase()).or_default()
    }

    /// Replaces each name that a page uses by the qualified name that it leads to.
    pub(super) fn bind_page(&self, page: &mut PageFacts) {
        let namespace = namespace(page).to_owned();
        for_each_type_ref(page, &mut |type_ref| self.bind(type_ref, &namespace));
    }

    /// Replaces the name of `type_ref` by the qualified name that it leads to, if any.
    pub(super) fn bind(&self, type_ref: &mut TypeRef, namespace: &str) {
        if let Some(name) = self.lookup(&type_ref.name, type_ref.link.as_deref(), namespace) {
            type_ref.name = name.to_owned();
        }
    }

    fn lookup(&self, name: &str, link: Option<&str>, namespace: &str) -> Option<&str> {
        if is_primitive(name) {
            return None;
        }
        if let Some(qualified) = self.qualified_name(name) {
            return Some(qualified);
        }
        let local = local_name(name);
        let (page, fragment) = link.map(|link| self.linked(link)).unwrap_or_default();
        page.and_then(|page| page.named(local))
            .or_else(|| self.in_namespace(namespace, local))
            .or_else(|| self.in_namespace(ROOT_NAMESPACE, local))
            .or_else(|| page?.meant(fragment))
            .or_else(|| match self.local.get(lower(local).as_ref())?.as_slice() {
                [only] => Some(only),
                _ => None,
            })
    }

    fn qualified_name(&self, name: &str) -> Option<&str> {
        if !name.contains('.') {
            return None;
        }
        let name = lower(name);
        let full = name
            .strip_prefix("graph.")
            .map(|rest| format!("{ROOT_NAMESPACE}.{rest}"));
        self.qualified
            .get(full.as_deref().unwrap_or(&name))
            .map(String::as_str)
    }

    fn in_namespace(&self, namespace: &str, local: &str) -> Option<&str> {
        self.qualified
            .get(lower(&format!("{namespace}.{local}")).as_ref())
            .map(String::as_str)
    }

    /// What a link leads to: the names on the page, and the fragment.
    fn linked<'l>(&self, link: &'l str) -> (Option<&PageNames>, &'l str) {
        let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
        (self.pages.get(lower(path).as_ref()), fragment)
    }
}

impl PageNames {
    /// The name on the page that ends in a local one.
    fn named(&self, local: &str) -> Option<&str> {
        let names = self.types.iter().chain(&self.enums).map(String::as_str);
        let mut same = names.filter(|name| local_name(name).eq_ignore_ascii_case(local));
        same.next()
    }

    /// The name that is meant when the text of a link is none: the enumeration that the fragment
    /// names, or the page's only type.
    fn meant(&self, fragment: &str) -> Option<&str> {
        let heading = fragment.strip_suffix("-values").unwrap_or(fragment);
        let only = match (self.types.as_slice(), self.enums.as_slice()) {
            ([only], _) | ([], [only]) => Some(only.as_str()),
            _ => None,
        };
        self.named(heading).or(only)
    }
}

fn push_once(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|n| n == name) {
        list.push(name.to_owned());
    }
}

/// Calls `visit` on every reference to a type that a page makes.
pub(super) fn for_each_type_ref(page: &mut PageFacts, visit: &mut dyn FnMut(&mut TypeRef)) {
    for structured in &mut page.types {
        structured_type_refs(structured, visit);
    }
    for operation in &mut page.operations {
        operation_type_refs(operation, visit);
    }
}

fn structured_type_refs(structured: &mut StructuredType, visit: &mut dyn FnMut(&mut TypeRef)) {
    structured.base_type.iter_mut().for_each(&mut *visit);
    structured.listed_subtypes.iter_mut().for_each(&mut *visit);
    for property in &mut structured.properties {
        property_type_refs(property, visit);
    }
    for navigation in &mut structured.navigation_properties {
        visit(&mut navigation.type_ref);
        navigation.inherited_from.iter_mut().for_each(&mut *visit);
    }
    for method in &mut structured.methods {
        method.return_type.iter_mut().for_each(&mut *visit);
    }
}

fn property_type_refs(property: &mut Property, visit: &mut dyn FnMut(&mut TypeRef)) {
    visit(&mut property.type_ref);
    property.inherited_from.iter_mut().for_each(visit);
}

fn operation_type_refs(operation: &mut Operation, visit: &mut dyn FnMut(&mut TypeRef)) {
    operation.resource.iter_mut().for_each(&mut *visit);
    for parameter in &mut operation.parameters {
        property_type_refs(parameter, visit);
    }
    match &mut operation.request_body {
        RequestBody::Properties {
            type_ref,
            properties,
        } => {
            type_ref.iter_mut().for_each(&mut *visit);
            for property in properties {
                property_type_refs(property, visit);
            }
        }
        RequestBody::Type { type_ref } => visit(type_ref),
        RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => {}
    }
    for response in &mut operation.responses {
        response.type_ref.iter_mut().for_each(&mut *visit);
        response.monitor.iter_mut().for_each(&mut *visit);
    }
    for example in &mut operation.examples {
        example.response_type.iter_mut().for_each(&mut *visit);
    }
}
