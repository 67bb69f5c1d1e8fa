//! A name on the wire into its words, and words into the cases of Rust.
//!
//! A word ends before a capital that follows a small letter (`createdDateTime`), before the last of
//! several capitals when a small letter follows (`IPAddress`), and at every sign that is neither a
//! letter nor a digit.

/// `createdDateTime` → `created_date_time`
pub(super) fn snake(name: &str) -> String {
    joined(name, str::to_lowercase)
}

/// `createdDateTime` → `CREATED_DATE_TIME`
pub(super) fn shouty(name: &str) -> String {
    joined(name, str::to_uppercase)
}

/// `createdDateTime` → `CreatedDateTime`
pub(super) fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for_each_word(name, |word| {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(&letters.as_str().to_lowercase());
    });
    camel
}

fn joined(name: &str, case: fn(&str) -> String) -> String {
    let mut joined = String::with_capacity(name.len() + name.len() / 2);
    for_each_word(name, |word| {
        if !joined.is_empty() {
            joined.push('_');
        }
        joined.push_str(&case(word));
    });
    joined
}

/// The case of the last letter of a word that has one.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Case {
    None,
    Lower,
    Upper,
}

fn for_each_word(name: &str, mut visit: impl FnMut(&str)) {
    for run in name.split(|sign: char| !sign.is_alphanumeric()) {
        let (mut start, mut case) = (0, Case::None);
        let nexts = run.char_indices().skip(1);
        for ((at, sign), (behind, next)) in run.char_indices().zip(nexts) {
            let before = case;
            if sign.is_lowercase() {
                case = Case::Lower;
            } else if sign.is_uppercase() {
                case = Case::Upper;
            }
            let end = if case == Case::Lower && next.is_uppercase() {
                behind
            } else if before == Case::Upper && sign.is_uppercase() && next.is_lowercase() {
                at
            } else {
                continue;
            };
            visit(run.get(start..end).unwrap_or_default());
            (start, case) = (end, Case::None);
        }
        let last = run.get(start..).unwrap_or_default();
        if !last.is_empty() {
            visit(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, shouty, snake};

    #[test]
    fn names_are_put_into_words() {
        let table = [
            ("", ""),
            ("_", ""),
            ("id", "id"),
            ("createdDateTime", "created_date_time"),
            ("IPAddress", "ip_address"),
            ("isMFARequired", "is_mfa_required"),
            ("URLs", "ur_ls"),
            ("AADTenantId", "aad_tenant_id"),
            ("oAuth2Permission", "o_auth2_permission"),
            ("win32LobApp", "win32_lob_app"),
            ("sha256Hash", "sha256_hash"),
            ("v1.0", "v1_0"),
            ("x509CertificateA1B", "x509_certificate_a1b"),
            ("$deltatoken", "deltatoken"),
            ("JIS B4", "jis_b4"),
            ("a--b__c", "a_b_c"),
            ("ALLCAPS", "allcaps"),
            ("1A2b", "1a2b"),
            ("größeÜber", "größe_über"),
            ("ΌΣΟΣ", "όσος"),
        ];
        for (name, expected) in table {
            assert_eq!(snake(name), expected, "{name}");
            assert_eq!(shouty(name), expected.to_uppercase(), "{name}");
        }
    }

    #[test]
    fn words_are_put_together() {
        let table = [
            ("createdDateTime", "CreatedDateTime"),
            ("IPAddress", "IpAddress"),
            ("JIS B4", "JisB4"),
            ("3des", "3des"),
            ("über-all", "ÜberAll"),
        ];
        for (name, expected) in table {
            assert_eq!(camel(name), expected, "{name}");
        }
    }
}
