//! Names on the wire into Rust identifiers: cased, never a keyword, unique in their scope.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that can't be identifiers as they are. Those that can't even be raw get an underscore.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that no raw identifier can be made of.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "Self", "_"];

/// Type names that generated code uses for what they are in Rust or in the runtime.
const RESERVED_TYPES: &[&str] = &[
    "AdditionalProperties",
    "AsRef",
    "Binary",
    "Box",
    "Client",
    "Clone",
    "Collection",
    "Date",
    "DateTimeOffset",
    "Debug",
    "Decimal",
    "Default",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "Flags",
    "From",
    "Guid",
    "Hash",
    "Into",
    "Json",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Patch",
    "Result",
    "Self",
    "Some",
    "Stream",
    "String",
    "TimeOfDay",
    "ToString",
    "Vec",
];

thread_local! {
    /// The names that were asked for before: most properties have the names of others, and to find a
    /// name takes a fraction of the time of making it.
    static KNOWN: RefCell<HashMap<String, String>> = RefCell::default();
}

/// `createdDateTime` → `created_date_time`, `type` → `r#type`, `2fa` → `_2fa`.
pub(super) fn snake(wire: &str) -> String {
    KNOWN.with_borrow_mut(|known| {
        if let Some(name) = known.get(wire) {
            return name.clone();
        }
        let name = raw(guard_digit(wire.to_snake_case(), "value", "_"));
        known.insert(wire.to_owned(), name.clone());
        name
    })
}

/// `incidentTask` → `IncidentTask`, `3des` → `V3des`.
pub(super) fn camel(wire: &str) -> String {
    let name = guard_digit(wire.to_upper_camel_case(), "Value", "V");
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}Value")
    } else {
        name
    }
}

/// The name of a type: [`camel`], with `Type` behind a name that generated code needs itself.
pub(super) fn type_name(wire: &str) -> String {
    let name = camel(wire);
    if RESERVED_TYPES.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        name
    }
}

/// `actionType` → `ACTION_TYPE`
pub(super) fn shouty(wire: &str) -> String {
    guard_digit(wire.to_shouty_snake_case(), "VALUE", "_")
}

/// `actionType` → `ACTION_TYPES`
pub(super) fn shouty_plural(wire: &str) -> String {
    let name = shouty(wire);
    match name.strip_suffix('Y') {
        Some(stem) if !stem.ends_with(['A', 'E', 'I', 'O', 'U']) => format!("{stem}IES"),
        _ if name.ends_with('S') => format!("{name}ES"),
        _ => format!("{name}S"),
    }
}

/// Keywords as module names can be raw too, but a file `r#type.rs` is none: the plain word with an
/// underscore is both.
pub(super) fn module(wire: &str) -> String {
    let name = guard_digit(wire.to_snake_case(), "value", "_");
    let taken = KEYWORDS.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str());
    if taken { format!("{name}_") } else { name }
}

fn guard_digit(name: String, empty: &str, prefix: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        Some(_) => name
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == '_')
            .collect(),
    }
}

fn raw(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Methods of the standard library's traits. A setter that is called like one would hide it, or be
/// taken for it.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "fmt",
    "from",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into",
    "into_iter",
    "mul",
    "ne",
    "neg",
    "new",
    "next",
    "not",
    "partial_cmp",
    "rem",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
];

/// The method that sets a field: named as the field is, or `with_…` where that would be a trait's.
pub(super) fn setter(field: &str) -> String {
    if TRAIT_METHODS.contains(&field) {
        format!("with_{field}")
    } else {
        field.to_owned()
    }
}

/// Names that must differ from each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The next number to try behind a name that was wanted more than once: thousands of examples
    /// are called alike.
    next: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(super) fn with(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(|n| (*n).to_owned()).collect(),
            next: BTreeMap::new(),
        }
    }

    /// Takes `wanted`, or the first of `wanted2`, `wanted3`, … that is free.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        if self.try_claim(wanted) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(2);
        loop {
            let name = numbered(wanted, *next);
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Takes the name if it is free.
    pub(super) fn try_claim(&mut self, wanted: &str) -> bool {
        self.taken.insert(wanted.to_owned())
    }
}

/// `summary` → `summary_2`, `Summary` → `Summary2`, `r#type` → `type_2`, `self_` → `self_2`.
fn numbered(name: &str, number: usize) -> String {
    let plain = name
        .strip_prefix("r#")
        .unwrap_or(name)
        .trim_end_matches('_');
    if plain.chars().any(char::is_uppercase) && !plain.contains('_') {
        format!("{plain}{number}")
    } else {
        format!("{plain}_{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_identifiers() {
        let table = [
            ("createdDateTime", "created_date_time", "CreatedDateTime"),
            ("type", "r#type", "Type"),
            ("self", "self_", "SelfValue"),
            ("JIS B4", "jis_b4", "JisB4"),
            ("0000000000", "_0000000000", "V0000000000"),
            ("@odata.type", "odata_type", "OdataType"),
            ("", "value", "Value"),
            ("*", "value", "Value"),
            ("iPv4Range", "i_pv4_range", "IPv4Range"),
            ("gen", "r#gen", "Gen"),
        ];
        for (wire, field, variant) in table {
            assert_eq!(
                (snake(wire), camel(wire)),
                (field.to_owned(), variant.to_owned()),
                "{wire}"
            );
        }
    }

    #[test]
    fn reserved_type_names_give_way() {
        assert_eq!(type_name("option"), "OptionType");
        assert_eq!(type_name("incidentTask"), "IncidentTask");
    }

    #[test]
    fn setters_are_no_methods_of_traits() {
        for (field, method) in [
            ("status", "status"),
            ("clone", "with_clone"),
            ("r#type", "r#type"),
        ] {
            assert_eq!(setter(field), method);
        }
    }

    #[test]
    fn plurals_follow_english() {
        for (wire, plural) in [
            ("actionType", "ACTION_TYPES"),
            ("category", "CATEGORIES"),
            ("status", "STATUSES"),
        ] {
            assert_eq!(shouty_plural(wire), plural);
        }
    }

    #[test]
    fn taken_names_are_numbered() {
        let mut scope = Scope::default();
        assert_eq!(scope.claim("summary"), "summary");
        assert_eq!(scope.claim("summary"), "summary_2");
        assert_eq!(scope.claim("r#type"), "r#type");
        assert_eq!(scope.claim("r#type"), "type_2");
        assert_eq!(scope.claim("self_"), "self_");
        assert_eq!(scope.claim("self_"), "self_2");
        assert_eq!(scope.claim("Task"), "Task");
        assert_eq!(scope.claim("Task"), "Task2");
    }
}
