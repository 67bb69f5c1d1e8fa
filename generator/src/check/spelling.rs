//! Names that are not there → the names that were meant, and lists of names as prose.

/// The name among `candidates` that a writer most likely meant by `name`.
///
/// That is the one with the fewest letters changed, when few enough are; else the only one with
/// more words (`actionType` for `type`); else the only one that differs in one word of many.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'c str> {
    let limit = name.chars().count() / 4;
    let close = candidates.clone().filter_map(|candidate| {
        let distance = distance(name, candidate, limit)?;
        Some((distance, candidate))
    });
    let words = words(name);
    close
        .min()
        .map(|(_, candidate)| candidate)
        .or_else(|| {
            only(candidates.clone(), |candidate| {
                has_more_words(&words, candidate)
            })
        })
        .or_else(|| only(candidates, |candidate| has_another_word(&words, candidate)))
}

/// "did you mean …", for the help of a diagnostic.
pub(super) fn did_you_mean(candidate: &str) -> String {
    format!("did you mean `{candidate}`?")
}

/// The number of letters to change, add and take away, if no more than `limit`; case does not count.
fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    // A letter takes one to four bytes.
    let widest = if left.is_ascii() && right.is_ascii() {
        1
    } else {
        4
    };
    if left.len().abs_diff(right.len()) > limit * widest {
        return None;
    }
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, left) in left.iter().enumerate() {
        let mut diagonal = above;
        let mut previous = above + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(&right) {
            let replaced = diagonal + usize::from(left != right);
            diagonal = *cell;
            previous = replaced.min(diagonal + 1).min(previous + 1);
            *cell = previous;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

fn only<'c>(
    candidates: impl Iterator<Item = &'c str>,
    fits: impl Fn(&str) -> bool,
) -> Option<&'c str> {
    let mut fitting = candidates.filter(|candidate| fits(candidate));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The words of a name in camel case, in lower case: `action`, `type`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_small = false;
    for letter in name.chars() {
        let begins = letter.is_uppercase() && after_small;
        match words.last_mut() {
            Some(word) if !begins => word.extend(letter.to_lowercase()),
            _ => words.push(letter.to_lowercase().collect()),
        }
        after_small = !letter.is_uppercase();
    }
    words
}

/// Whether all of the words are in the name, in their order, and others besides.
fn has_more_words(few: &[String], name: &str) -> bool {
    const TELLING: usize = 4;
    let many = words(name);
    let mut rest = many.iter();
    let letters: usize = few.iter().map(String::len).sum();
    letters >= TELLING && few.len() < many.len() && few.iter().all(|word| rest.any(|w| w == word))
}

/// Whether the name has the same words but for one of at least four.
fn has_another_word(left: &[String], name: &str) -> bool {
    let right = words(name);
    let same = left
        .iter()
        .zip(&right)
        .filter(|(left, right)| left == right)
        .count();
    left.len() == right.len() && same >= 3 && same + 1 == left.len()
}

/// Names in backticks, as prose lists them: `` `a`, `b`, and `c` ``. Of many, the first few.
pub(super) fn list(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let quoted: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] if names.len() == 2 => format!("{first} and {second}"),
        [first @ .., last] if names.len() <= SHOWN => format!("{}, and {last}", first.join(", ")),
        shown => format!("{}, and {} more", shown.join(", "), names.len() - SHOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let task = [
            "actionStatus",
            "actionType",
            "incident",
            "lastModifiedDateTime",
            "status",
        ];
        let cases = [
            ("incidentId", Some("incident")),
            ("lastUpdateDateTime", Some("lastModifiedDateTime")),
            ("Status", Some("status")),
            ("type", Some("actionType")),
            ("severity", None),
            ("dateTime", Some("lastModifiedDateTime")),
            ("id", None),
            ("x", None),
            ("", None),
        ];
        for (name, meant) in cases {
            assert_eq!(nearest(name, task.iter().copied()), meant, "{name}");
        }
    }

    #[test]
    fn lists_read_as_prose() {
        let cases: [(&[&str], &str); 4] = [
            (&["a"], "`a`"),
            (&["a", "b"], "`a` and `b`"),
            (&["a", "b", "c"], "`a`, `b`, and `c`"),
            (&["a"; 9], "`a`, `a`, `a`, `a`, `a`, `a`, and 3 more"),
        ];
        for (names, prose) in cases {
            assert_eq!(list(names), prose);
        }
    }
}
