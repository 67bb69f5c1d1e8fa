//! The documented paths into a tree of places, and the tree into request builders.
//!
//! The path is the API: each segment is a module with a builder, each key a `by_id`, each call a
//! method of the place that it is made at. A function or an action that nothing stands below is a
//! method of the place before it.

mod naming;
mod step;
mod tree;

use std::collections::BTreeMap;
use std::sync::Arc;

use naming::{method_at_leaf, method_at_place, navigation_names, overload};
use step::step;
use tree::Place;
pub(super) use tree::tree;

use super::bodies::Bodies;
use super::docs::{self, Paragraphs};
use super::forms::Form;
use super::names::{self, Scope};
use super::operations;
use super::types::Types;
use crate::assemble::local_name;
use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{
    BodyParameter, Call, Client, ClientModule, Navigation, OperationPath, Output, RequestOption,
    Step,
};
use crate::schema::{Operation, OperationKind, PathTemplate};

/// Methods that every builder has.
const BUILDER_METHODS: &[&str] = &["as_ref", "borrow", "clone", "deref", "new"];

/// Methods of `GraphClient` itself.
const CLIENT_METHODS: &[&str] = &[
    "as_ref", "borrow", "builder", "client", "clone", "deref", "from", "into", "new",
];

/// A call of the client, with the way that leads to it: what examples are matched against.
pub(super) struct Callable<'i> {
    pub(super) operation: &'i Operation,
    pub(super) template: &'i PathTemplate,
    /// For each segment of the template, the method that takes it, or none where the last
    /// segments belong to the call itself.
    pub(super) navigations: Arc<[String]>,
    pub(super) method: String,
    /// What all calls of the operation have in common.
    pub(super) shared: Arc<Shared>,
}

/// What the calls of one operation have in common, whichever of its paths they take.
pub(super) struct Shared {
    pub(super) body: Option<BodyParameter>,
    pub(super) options: Vec<RequestOption>,
    pub(super) output: Output,
    /// The modules that the operation is declared in, and its name there.
    declared: (Vec<String>, String),
}

/// Decides the client from the [`tree`] of places: `GraphClient` with all that stands below it, and a list
/// of its calls.
pub(super) fn lower<'i>(
    types: &mut Types<'i>,
    bodies: &mut Bodies,
    root: &Place<'i>,
    base_url: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Client, Vec<Callable<'i>>) {
    let mut lowering = Lowering {
        types,
        bodies,
        diagnostics,
        callables: Vec::new(),
        shared: BTreeMap::new(),
    };
    let made = lowering.place(root, &Way::default(), "", CLIENT_METHODS);
    let callables = lowering.callables;
    let client = Client {
        base_url: base_url.to_owned(),
        doc: docs::doc("The client: its methods are the first segments of the documented paths."),
        navigations: made.navigations,
        calls: made.calls,
        operations: made.operations,
        modules: made.children,
    };
    (client, callables)
}

struct Lowering<'t, 'i> {
    types: &'t mut Types<'i>,
    bodies: &'t mut Bodies,
    diagnostics: &'t mut Vec<Diagnostic>,
    callables: Vec<Callable<'i>>,
    /// What is known of each operation since its first call of a form. The address tells operations
    /// apart.
    shared: BTreeMap<(*const Operation, Form), Arc<Shared>>,
}

/// The way to a place: the methods that lead to it, and the modules that it is in.
#[derive(Clone, Default)]
struct Way {
    methods: Arc<[String]>,
    modules: Vec<String>,
}

/// What a call is named if nothing is in the way.
struct Wanted {
    /// Among the functions of its name.
    method: String,
    /// As if it were the only one.
    usual: String,
}

impl Wanted {
    fn usual(method: String) -> Self {
        Self {
            usual: method.clone(),
            method,
        }
    }
}

/// The scopes of one module.
struct Module<'i> {
    /// The usual method names that are taken, and the type that each is for.
    usual: BTreeMap<String, Option<&'i str>>,
    methods: Scope,
    types: Scope,
    made: ClientModule,
}

impl<'i> Lowering<'_, 'i> {
    /// The module of a place, `way` being the methods that lead to it.
    fn place(
        &mut self,
        place: &Place<'i>,
        way: &Way,
        stem: &str,
        reserved: &[&str],
    ) -> ClientModule {
        let builder = format!("{stem}RequestBuilder");
        let mut module = Module {
            usual: BTreeMap::new(),
            methods: Scope::with(reserved),
            types: Scope::with(&[&builder, "GraphClient"]),
            made: ClientModule {
                builder,
                path: place.path.clone(),
                doc: docs::doc(&format!("The place `{}`.", place.path)),
                ..ClientModule::default()
            },
        };
        for (operation, template) in self.base_types_first(&place.operations) {
            let wanted = Wanted::usual(method_at_place(operation));
            self.call(&mut module, operation, template, wanted, Vec::new(), way);
        }
        let (calls, places): (Vec<_>, Vec<_>) =
            place.children.values().partition(|child| child.is_call());
        for child in calls {
            self.calls_of(&mut module, (place, child), way);
        }
        let mut modules = Scope::default();
        for child in places {
            self.navigation(&mut module, (place, child), way, stem, &mut modules);
        }
        module.made
    }

    /// The calls that a child place stands for.
    fn calls_of(
        &mut self,
        module: &mut Module<'i>,
        (place, child): (&Place<'i>, &Place<'i>),
        way: &Way,
    ) {
        let Some(segment) = child.segment else {
            return;
        };
        let is_overloaded = place.is_overloaded(segment);
        for (operation, template) in self.base_types_first(&child.operations) {
            let usual = method_at_leaf(operation, segment);
            let overload = overload(&usual, segment).filter(|_| is_overloaded);
            let wanted = Wanted {
                method: overload.unwrap_or_else(|| usual.clone()),
                usual,
            };
            self.call(
                module,
                operation,
                template,
                wanted,
                vec![step(segment)],
                way,
            );
        }
    }

    fn call(
        &mut self,
        module: &mut Module<'i>,
        operation: &'i Operation,
        template: &'i PathTemplate,
        wanted: Wanted,
        steps: Vec<Step>,
        way: &Way,
    ) {
        let method = self.method_name(module, operation, &wanted.method);
        let form = Form::of_call(&operation.method, template);
        let named = match method == wanted.method {
            true => [&wanted.usual, &method],
            false => [&method; 2],
        };
        let shared = self.shared(module, (operation, form), named, &way.modules);
        let summary = match (form, operation.kind) {
            (Form::Count, OperationKind::List) => "Counts what the list holds.",
            _ => docs::summary(&operation.doc),
        };
        let doc = Paragraphs::default().add(summary);
        let doc = doc.add(format!(
            "Sends `{} {}`.",
            operation.method,
            template.text.replace('`', "")
        ));
        let (modules, name) = &shared.declared;
        module.made.calls.push(Call {
            method: method.clone(),
            doc: doc.doc(),
            steps,
            body: shared.body.clone(),
            operation: match *modules == way.modules {
                true => OperationPath::Here(name.clone()),
                false => OperationPath::Elsewhere {
                    modules: modules.clone(),
                    name: name.clone(),
                },
            },
        });
        self.callables.push(Callable {
            operation,
            template,
            navigations: Arc::clone(&way.methods),
            method,
            shared,
        });
    }

    /// What is known of an operation in a form. Where it is called first, it is declared: under the
    /// first of two names, or where that is taken under the second.
    fn shared(
        &mut self,
        module: &mut Module<'i>,
        (operation, form): (&'i Operation, Form),
        named: [&String; 2],
        modules: &[String],
    ) -> Arc<Shared> {
        let key = (std::ptr::from_ref(operation), form);
        if let Some(known) = self.shared.get(&key) {
            return Arc::clone(known);
        }
        let [usual, other] =
            named.map(|name| names::type_name(name.strip_prefix("r#").unwrap_or(name)));
        let name = match module.types.try_claim(&usual) {
            true => usual,
            false => module.types.claim(&other),
        };
        let body = self.bodies.parameter(self.types, operation, form);
        let declared = operations::lower(self.types, operation, form, name.clone());
        let shared = Arc::new(Shared {
            body,
            options: declared.options.clone(),
            output: declared.output.clone(),
            declared: (modules.to_vec(), name),
        });
        module.made.operations.push(declared);
        self.shared.insert(key, Arc::clone(&shared));
        shared
    }

    /// Where pages for a type and for its subtypes are about one path, the page of the type that
    /// the others inherit from comes first, and so gets the usual method name.
    fn base_types_first(
        &self,
        operations: &[(&'i Operation, &'i PathTemplate)],
    ) -> Vec<(&'i Operation, &'i PathTemplate)> {
        let depth = |operation: &Operation| match self.resource(operation) {
            Some(name) => self.types.index.bases(name).len(),
            None => usize::MAX,
        };
        let mut sorted = operations.to_vec();
        sorted.sort_by_key(|(operation, _)| depth(operation));
        sorted
    }

    /// The described type that an operation belongs to.
    fn resource(&self, operation: &Operation) -> Option<&'i str> {
        let resource = operation.resource.as_ref()?;
        let structured = self.types.index.structured(&resource.name)?;
        Some(structured.name.as_str())
    }

    /// The method's usual name. Where that is taken: the same with the type behind it, when the
    /// calls are about different types, or else a name from the page's title.
    fn method_name(
        &mut self,
        module: &mut Module<'i>,
        operation: &'i Operation,
        wanted: &str,
    ) -> String {
        let resource = self.resource(operation);
        if module.methods.try_claim(wanted) {
            module.usual.insert(wanted.to_owned(), resource);
            return wanted.to_owned();
        }
        let first = module.usual.get(wanted).copied().flatten();
        if let (Some(first), Some(resource)) = (first, resource)
            && first != resource
        {
            let name = format!("{wanted}_{}", local_name(resource));
            return module.methods.claim(&names::snake(&name));
        }
        let name = module.methods.claim(&names::snake(&operation.name));
        let message = format!(
            "`{}` and another page both are `{wanted}` at this path; this one is called `{name}`",
            operation.name
        );
        self.diagnostics.push(Diagnostic::new(
            Code::NameCollision,
            operation.span,
            message,
        ));
        name
    }

    fn navigation(
        &mut self,
        module: &mut Module<'i>,
        (place, child): (&Place<'i>, &Place<'i>),
        way: &Way,
        stem: &str,
        modules: &mut Scope,
    ) {
        let Some(segment) = child.segment else {
            return;
        };
        let (mut wanted, mut child_stem) = navigation_names(segment, stem);
        if let Some(overload) = overload(&wanted, segment).filter(|_| place.is_overloaded(segment))
        {
            child_stem = names::camel(&overload);
            wanted = overload;
        }
        let method = module.methods.claim(&wanted);
        let plain = method.strip_prefix("r#").unwrap_or(&method);
        let name = modules.claim(&names::module(plain));
        let methods = way.methods.iter().chain([&method]);
        let modules = way.modules.iter().chain([&name]);
        let further = Way {
            methods: methods.cloned().collect(),
            modules: modules.cloned().collect(),
        };
        let mut made = self.place(child, &further, &child_stem, BUILDER_METHODS);
        made.name = name;
        module.made.navigations.push(Navigation {
            method,
            doc: docs::doc(&format!("Leads to `{}`.", child.path)),
            step: step(segment),
            module: made.name.clone(),
            builder: made.builder.clone(),
        });
        module.made.children.push(made);
    }
}
