//! The schema with its names looked up and its hierarchy turned around: who inherits from whom,
//! and what a type holds once its bases are counted in.

use std::collections::{BTreeMap, HashMap};

use crate::schema::{EnumType, NavigationProperty, Operation, Property, Schema, StructuredType};

/// The type that everything with identity inherits from. Its subtypes are half of the API, so it
/// stands for itself wherever it is named, never for all of them.
pub(crate) const ROOT_ENTITY: &str = "microsoft.graph.entity";

/// A [`Schema`] that can be asked. The maps are looked up by the hundred thousand and never walked, so
/// that their order is nobody's.
#[derive(Debug)]
pub struct Index<'a> {
    schema: &'a Schema,
    /// By name.
    types: Vec<&'a StructuredType>,
    structured: HashMap<&'a str, &'a StructuredType>,
    enums: HashMap<&'a str, &'a EnumType>,
    subtypes: HashMap<&'a str, Vec<&'a StructuredType>>,
}

/// A member of a type or of one of its bases.
#[derive(Clone, Copy, Debug)]
pub enum AnyProperty<'a> {
    /// A structural property.
    Structural(&'a Property),
    /// A navigation property.
    Navigation(&'a NavigationProperty),
}

/// A property as a type has it: what it is comes from the base that declares it, what it is for
/// from the type's own row, if there is one.
#[derive(Clone, Copy, Debug)]
pub struct EffectiveProperty<'a> {
    /// The type that declares the property.
    pub owner: &'a StructuredType,
    /// The declaration.
    pub declaration: AnyProperty<'a>,
    /// The description that fits the type best.
    pub doc: &'a str,
}

impl<'a> Index<'a> {
    /// Indexes a schema.
    pub fn new(schema: &'a Schema) -> Self {
        let types = || schema.entity_types.iter().chain(&schema.complex_types);
        let by_name: BTreeMap<_, _> = types().map(|t| (t.name.as_str(), t)).collect();
        let mut subtypes: HashMap<&str, Vec<&StructuredType>> = HashMap::new();
        for structured in types() {
            if let Some(base) = &structured.base_type {
                subtypes.entry(&base.name).or_default().push(structured);
            }
        }
        Self {
            schema,
            types: by_name.values().copied().collect(),
            structured: by_name.into_iter().collect(),
            enums: schema
                .enum_types
                .iter()
                .map(|e| (e.name.as_str(), e))
                .collect(),
            subtypes,
        }
    }

    /// The schema itself.
    pub fn schema(&self) -> &'a Schema {
        self.schema
    }

    /// All structured types, by name.
    pub fn structured_types(&self) -> impl Iterator<Item = &'a StructuredType> {
        self.types.iter().copied()
    }

    /// The structured type of this qualified name.
    pub fn structured(&self, name: &str) -> Option<&'a StructuredType> {
        self.structured.get(name).copied()
    }

    /// The enumeration of this qualified name.
    pub fn enumeration(&self, name: &str) -> Option<&'a EnumType> {
        self.enums.get(name).copied()
    }

    /// The operations, in path order.
    pub fn operations(&self) -> &'a [Operation] {
        &self.schema.operations
    }

    /// The described bases of a type, nearest first.
    pub fn bases(&self, name: &str) -> Vec<&'a StructuredType> {
        let base_of = |t: &StructuredType| self.structured(&t.base_type.as_ref()?.name);
        let first = self.structured(name).and_then(base_of);
        // Neither `assemble` nor a fix-up leaves a cycle; the walk is bounded all the same.
        std::iter::successors(first, |t| base_of(t))
            .take(self.structured.len())
            .collect()
    }

    /// The direct subtypes of a type, by name.
    pub fn subtypes(&self, name: &str) -> &[&'a StructuredType] {
        self.subtypes.get(name).map_or(&[], Vec::as_slice)
    }

    /// All subtypes of a type, a type before its own subtypes.
    pub fn descendants(&self, name: &str) -> Vec<&'a StructuredType> {
        let mut found: Vec<&StructuredType> = self.subtypes(name).to_vec();
        let mut next = 0;
        while let Some(current) = found.get(next)
            && found.len() <= self.structured.len()
        {
            let below = self.subtypes(&current.name).to_vec();
            found.extend(below);
            next += 1;
        }
        found
    }

    /// Whether a value of the type may be of a subtype.
    pub fn is_polymorphic(&self, name: &str) -> bool {
        name != ROOT_ENTITY && !self.subtypes(name).is_empty()
    }

    /// Whether every value of the type is of a subtype.
    pub fn is_abstract(&self, name: &str) -> bool {
        self.is_polymorphic(name) && self.structured(name).is_some_and(|t| t.is_abstract)
    }

    /// The properties of a type, those of its bases first.
    pub fn properties(&self, name: &str) -> Vec<EffectiveProperty<'a>> {
        let mut found: Vec<EffectiveProperty<'a>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (owner, declaration) in self.declarations(name) {
            let place = places.get(declaration.name()).copied();
            match place.and_then(|place| found.get_mut(place)) {
                Some(known) => known.describe(declaration),
                None => {
                    places.insert(declaration.name(), found.len());
                    found.push(EffectiveProperty::new(owner, declaration));
                }
            }
        }
        found
    }

    /// The property of this name that a type has, own or inherited.
    pub fn property(&self, type_name: &str, name: &str) -> Option<EffectiveProperty<'a>> {
        let declarations = self.declarations(type_name);
        let mut named = declarations.filter(|(_, declaration)| declaration.name() == name);
        let (owner, first) = named.next()?;
        let mut found = EffectiveProperty::new(owner, first);
        named.for_each(|(_, declaration)| found.describe(declaration));
        Some(found)
    }

    /// The rows of a type and of its bases, with the types that they stand in; the farthest base
    /// comes first.
    fn declarations(
        &self,
        name: &str,
    ) -> impl Iterator<Item = (&'a StructuredType, AnyProperty<'a>)> {
        let bases = self.bases(name).into_iter().rev();
        let types = bases.chain(self.structured(name));
        types.flat_map(|owner| {
            let structural = owner.properties.iter().map(AnyProperty::Structural);
            let navigation = &owner.navigation_properties;
            let navigation = navigation.iter().map(AnyProperty::Navigation);
            let rows = structural.chain(navigation);
            rows.map(move |declaration| (owner, declaration))
        })
    }
}

impl<'a> EffectiveProperty<'a> {
    fn new(owner: &'a StructuredType, declaration: AnyProperty<'a>) -> Self {
        Self {
            owner,
            declaration,
            doc: declaration.doc(),
        }
    }

    /// Takes the description of a row that stands nearer to the type, if it has one.
    fn describe(&mut self, nearer: AnyProperty<'a>) {
        if !nearer.doc().is_empty() {
            self.doc = nearer.doc();
        }
    }
}

impl<'a> AnyProperty<'a> {
    /// The name on the wire.
    pub fn name(self) -> &'a str {
        match self {
            Self::Structural(p) => &p.name,
            Self::Navigation(n) => &n.name,
        }
    }

    /// The description.
    pub fn doc(self) -> &'a str {
        match self {
            Self::Structural(p) => &p.doc,
            Self::Navigation(n) => &n.doc,
        }
    }

    /// The type.
    pub fn type_ref(self) -> &'a crate::schema::TypeRef {
        match self {
            Self::Structural(p) => &p.type_ref,
            Self::Navigation(n) => &n.type_ref,
        }
    }

    /// "Read-only."
    pub fn read_only(self) -> bool {
        match self {
            Self::Structural(p) => p.read_only,
            Self::Navigation(n) => n.read_only,
        }
    }

    /// "Required."
    pub fn required(self) -> bool {
        match self {
            Self::Structural(p) => p.required,
            Self::Navigation(n) => n.required,
        }
    }

    /// The values of "The possible values are: …".
    pub fn allowed_values(self) -> &'a [String] {
        match self {
            Self::Structural(p) => &p.allowed_values,
            Self::Navigation(_) => &[],
        }
    }

    /// Where the name stands.
    pub fn span(self) -> crate::source::Span {
        match self {
            Self::Structural(p) => p.span,
            Self::Navigation(n) => n.span,
        }
    }
}
