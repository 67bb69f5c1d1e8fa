//! The `WWW-Authenticate` header (RFC 9110 §11.6.1): the claims that a service asks for out.
//!
//! With continuous access evaluation a token can be refused before it expires: an account was
//! disabled, a risk was found, another place was signed in from. The challenge then says what a new token must
//! claim: `Bearer …, error="insufficient_claims", claims="<JSON in base64>"`.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;
use serde_json::{Map, Value};

/// Base64 as services write it: with and without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The claims that the `Bearer` challenge of an answer asks for, as the text of a JSON object.
pub(super) fn claims(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(bearer_parameters)
        .find(|(name, _)| name.eq_ignore_ascii_case("claims"))
        .and_then(|(_, encoded)| decode(&encoded))
}

fn decode(encoded: &str) -> Option<String> {
    // Both alphabets are met.
    let encoded = encoded.replace('-', "+").replace('_', "/");
    let text = String::from_utf8(BASE64.decode(encoded).ok()?).ok()?;
    serde_json::from_str::<Map<String, Value>>(&text).ok()?;
    Some(text)
}

/// Names and values of the parameters of all `Bearer` challenges in a header.
fn bearer_parameters(header: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = header;
    let mut is_bearer = false;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (word, after) = split_token(rest);
        if word.is_empty() {
            // Nothing of the grammar: step over it, or end.
            let mut characters = rest.chars();
            if characters.next().is_none() {
                return parameters;
            }
            rest = characters.as_str();
            continue;
        }
        match after.trim_start().strip_prefix('=') {
            Some(value) => {
                let (value, after) = split_value(value.trim_start());
                if is_bearer {
                    parameters.push((word.to_owned(), value));
                }
                rest = after;
            }
            None => {
                is_bearer = word.eq_ignore_ascii_case("Bearer");
                rest = after;
            }
        }
    }
}

/// The token (RFC 9110 §5.6.2) that a text starts with, and what follows it.
fn split_token(text: &str) -> (&str, &str) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let end = text.find(|c| !is_token(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// The quoted string or token that a text starts with, and what follows it.
fn split_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, rest) = split_token(text);
        return (token.to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => value.extend(characters.next()),
            other => value.push(other),
        }
    }
    (value, characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"access_token":{"nbf":{"essential":true}}}`.
    const ENCODED: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==";
    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true}}}"#;

    fn claims_of(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, value.parse().expect("a value"));
        }
        claims(&headers)
    }

    #[test]
    fn claims_are_found_wherever_the_grammar_lets_them_be() {
        let bare = ENCODED.trim_end_matches('=');
        let table = [
            vec![format!(
                r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="0, 0", error="insufficient_claims", claims="{ENCODED}""#
            )],
            vec![format!(r#"Bearer claims="{bare}""#)],
            vec![format!("bearer CLAIMS={bare},error=insufficient_claims")],
            vec![format!(
                r#"Negotiate dG9rZW4=, PoP nonce="a", Bearer error="x\"y" , claims = "{ENCODED}""#
            )],
            vec![
                "Basic realm=\"b\"".to_owned(),
                format!(r#"Bearer claims="{ENCODED}""#),
            ],
        ];
        for values in table {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            assert_eq!(claims_of(&values).as_deref(), Some(CLAIMS), "{values:?}");
        }
    }

    #[test]
    fn what_is_no_challenge_for_claims_has_none() {
        let pop = format!(r#"PoP claims="{ENCODED}""#);
        let table = [
            "",
            "Bearer",
            "Bearer realm=\"\"",
            "Bearer claims=\"\"",
            "Bearer claims=\"!!!\"",
            "Bearer claims=\"WzFd\"",
            "Bearer claims",
            "Bearer claims=",
            "Bearer claims=\"eyJh",
            "==, \"\\",
            &pop,
        ];
        for value in table {
            assert_eq!(claims_of(&[value]), None, "{value:?}");
        }
        assert_eq!(claims_of(&[]), None);
    }
}
