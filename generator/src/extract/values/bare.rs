//! Values that nothing marks into a list: "open, inProgress or done".

use crate::extract::prose::Prose;

use super::{Value, ValueList, extend};

/// Values without marks: names with commas between them, up to the end of the sentence. One item
/// that is no name, and it is no list of values.
pub(super) fn bare_list(prose: &Prose<'_, '_>, from: usize) -> ValueList {
    let end = bare_end(prose, from);
    let text = prose.text.get(from..end).unwrap_or_default();
    let mut list = ValueList {
        values: Vec::new(),
        range: from..end,
    };
    for (at, item) in bare_items(text) {
        let Some(name) = bare_name(item) else {
            return ValueList::default();
        };
        let start = from + at + item.find(name).unwrap_or_default();
        let span = prose.span(&(start..start + name.len()));
        let name = name.to_owned();
        extend(&mut list.values, vec![Value { name, span }]);
    }
    let named = list
        .values
        .iter()
        .any(|value| value.name.contains(|sign: char| sign.is_alphabetic()));
    if list.values.len() < 2 || !named {
        ValueList::default()
    } else {
        list
    }
}

fn bare_end(prose: &Prose<'_, '_>, from: usize) -> usize {
    let rest = prose.text.get(from..).unwrap_or_default();
    let stops = rest.match_indices('.').map(|(at, _)| from + at);
    let mut stops = stops.filter(|&at| prose.ends_sentence(at));
    stops.next().unwrap_or(prose.text.len())
}

/// The items of a bare list with their places. An "and" or "or" before the last one separates, too.
fn bare_items(text: &str) -> Vec<(usize, &str)> {
    let mut items = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive([',', '，', ';', '|']) {
        let item = part.trim_end_matches([',', '，', ';', '|']);
        match [" and ", " or "]
            .iter()
            .find_map(|word| item.find(word).map(|at| (at, word.len())))
        {
            Some((at, length)) => {
                items.push((start, &item[..at]));
                items.push((start + at + length, &item[at + length..]));
            }
            None => items.push((start, item)),
        }
        start += part.len();
    }
    items.retain(|(_, item)| !item.trim().is_empty());
    items
}

/// The name in an item such as `0 - name`, `"name"`, `or name`, `name (the default)`.
fn bare_name(item: &str) -> Option<&str> {
    let item = item.split('(').next()?.trim();
    let item = ["and ", "or "]
        .iter()
        .find_map(|word| item.strip_prefix(word))
        .unwrap_or(item);
    let item = match item.split_once(" - ") {
        Some((number, name)) if number.trim().parse::<i64>().is_ok() => name,
        _ => item,
    };
    let name = item
        .trim()
        .trim_matches(['"', '\'', '“', '”', '‘', '’', '*']);
    let known = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-';
    (!name.is_empty() && name.chars().all(known) && !name.starts_with('-')).then_some(name)
}
