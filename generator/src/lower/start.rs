//! The client into the program of the front page: one call of each kind, at the place that shows the most.

use crate::rust::{
    Call, Client, ClientModule, Construction, Model, Namespace, Navigation, Operation,
    OperationPath, OptionSetter, Output, Presence, Primitive, Start, StartBody, StartStep,
    StartValue, Step, Struct, Type, TypePath,
};

/// How far from the root a place may be, to be called in one line.
const MAX_STEPS: usize = 4;

/// The calls to show; `None` when there is none that can be shown without knowing more of the service.
pub(super) fn lower(client: &Client, namespaces: &[Namespace]) -> Option<Start> {
    let mut starts = Vec::new();
    let models = Models(namespaces);
    for navigation in &client.navigations {
        collect(&client.modules, navigation, &[], &models, &mut starts);
    }
    // The first of those that show the most, the nearest to the root.
    let most = |start: &Start| (worth(start), usize::MAX - start.way.len());
    starts
        .into_iter()
        .rev()
        .filter(|start| worth(start) > 0)
        .max_by_key(most)
}

/// How much a program shows: a list says the most.
fn worth(start: &Start) -> usize {
    let list = if start.list.is_some() { 4 } else { 0 };
    let rest = [
        start.member.is_some(),
        start.get.is_some(),
        start.update.is_some(),
        start.action.is_some(),
    ];
    let calls = list + rest.iter().filter(|shown| **shown).count();
    // A way to a member alone is no call.
    if calls == usize::from(start.member.is_some()) {
        0
    } else {
        calls
    }
}

/// Adds the place that a navigation leads to, and those below it, in the order of the output.
fn collect(
    modules: &[ClientModule],
    navigation: &Navigation,
    before: &[StartStep],
    models: &Models<'_>,
    starts: &mut Vec<Start>,
) {
    let module = modules.iter().find(|m| m.name == navigation.module);
    let (Some(module), Some(step)) = (module, step(navigation)) else {
        return;
    };
    let way = [before, &[step]].concat();
    starts.push(start(module, &way, models));
    if way.len() < MAX_STEPS {
        for navigation in &module.navigations {
            collect(&module.children, navigation, &way, models, starts);
        }
    }
}

/// The step of a way; `None` for steps that take more than one would guess.
fn step(navigation: &Navigation) -> Option<StartStep> {
    let takes_key = match navigation.step {
        Step::Segment(_) => false,
        Step::Key(_) => true,
        Step::AlternateKey(_) | Step::RelativePath(_) | Step::Function { .. } => return None,
    };
    Some(StartStep {
        method: navigation.method.clone(),
        takes_key,
    })
}

/// What there is to show at a place and at its members.
fn start(module: &ClientModule, way: &[StartStep], models: &Models<'_>) -> Start {
    let is_key = |n: &&Navigation| matches!(n.step, Step::Key(_));
    let member = module.navigations.iter().find(is_key);
    let list = calls(module).find(|(call, operation)| {
        call.steps.is_empty() && matches!(operation.output, Output::Collection(_))
    });
    // Without a list, what is shown is the place itself.
    let member = member.filter(|_| list.is_some());
    let of_member = member.and_then(|n| module.children.iter().find(|m| m.name == n.module));
    let shown = of_member.unwrap_or(module);
    let update = calls(shown)
        .filter(|(_, operation)| operation.facts.method == "PATCH")
        .find_map(|(call, _)| Some((call.method.clone(), models.body(call)?)));
    Start {
        way: way.to_vec(),
        has_top: list.is_some_and(|(_, operation)| operation.options.iter().any(is_top)),
        list: list.map(|(call, _)| call.method.clone()),
        member: member.map(|n| n.method.clone()),
        get: of(shown, |call, operation| {
            call.steps.is_empty() && matches!(operation.output, Output::Json(_))
        }),
        update,
        action: of(shown, |call, operation| {
            !call.steps.is_empty() && operation.facts.method == "POST"
        }),
    }
}

/// The calls that can be made at a place, without a body unless it is said otherwise.
fn calls(module: &ClientModule) -> impl Iterator<Item = (&Call, &Operation)> {
    module.calls.iter().filter_map(|call| {
        let OperationPath::Here(name) = &call.operation else {
            return None;
        };
        let steps = &call.steps;
        let is_plain = steps.iter().all(|step| matches!(step, Step::Segment(_)));
        let operation = module.operations.iter().find(|o| o.name == *name);
        Some((call, operation.filter(|_| is_plain)?))
    })
}

/// The first call without a body that is as wanted.
fn of(module: &ClientModule, wanted: impl Fn(&Call, &Operation) -> bool) -> Option<String> {
    let mut calls = calls(module).filter(|(call, _)| call.body.is_none());
    let found = calls.find(|(call, operation)| wanted(call, operation));
    found.map(|(call, _)| call.method.clone())
}

fn is_top(option: &crate::rust::RequestOption) -> bool {
    matches!(&option.setter, OptionSetter::Method { method: "top", .. })
}

/// The models, to be looked up.
struct Models<'a>(&'a [Namespace]);

impl<'a> Models<'a> {
    fn get(&self, path: &TypePath) -> Option<&'a Model> {
        let namespace = self.0.iter().find(|n| n.module == path.namespace)?;
        let mut models = namespace.files.iter().map(|file| &file.model);
        models.find(|model| match model {
            Model::Struct(item) => item.name == path.name,
            Model::OpenEnum(item) => item.name == path.name,
            Model::Hierarchy(item) => item.name == path.name,
        })
    }

    /// A body that can be made of nothing, with one field set where there is one whose value can be told.
    fn body(&self, call: &Call) -> Option<StartBody> {
        let Some(crate::rust::BodyParameter::Json(Type::Model(path))) = &call.body else {
            return None;
        };
        let Some(Model::Struct(item)) = self.get(path) else {
            return None;
        };
        let is_made = item.construction != Construction::Read;
        let is_required = |f: &crate::rust::Field| f.presence == Presence::Required;
        if !is_made || item.fields.iter().any(is_required) {
            return None;
        }
        Some(StartBody {
            ty: path.clone(),
            field: self.field(item),
        })
    }

    fn field(&self, item: &Struct) -> Option<(String, StartValue)> {
        item.fields.iter().find_map(|field| {
            let value = match &field.ty {
                Type::Primitive(Primitive::String) => StartValue::Text,
                Type::Model(path) => match self.get(path)? {
                    Model::OpenEnum(item) => {
                        let variant = item.variants.first()?.name.clone();
                        StartValue::Member(path.clone(), variant)
                    }
                    Model::Struct(_) | Model::Hierarchy(_) => return None,
                },
                Type::Primitive(_)
                | Type::Boxed(_)
                | Type::Vec(_)
                | Type::Flags(_)
                | Type::Collection(_) => return None,
            };
            Some((field.setter.clone(), value))
        })
    }
}
