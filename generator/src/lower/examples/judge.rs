//! Documented bodies against the documented types.

use super::NoTest;
use crate::diagnostic::Code;
use crate::lower::client::Callable;
use crate::lower::decodes;
use crate::lower::fault::Fault;
use crate::lower::types::Types;
use crate::rust::{BodyParameter, Output};
use crate::schema::Message;

/// Whether the documented bodies are values of the documented types.
pub(super) fn judge(
    types: &Types<'_>,
    way: &Callable<'_>,
    request: &Message,
    response: &Message,
    status: u16,
) -> Result<(), NoTest> {
    let undecodable = |message: &Message, what: &str, found: decodes::Fault| {
        let place = match found.place.as_str() {
            "" => "the whole of it",
            place => place,
        };
        let reason = format!("the {what} is no value of the documented type: {place}");
        let culprit = found.culprit;
        let found = Fault { culprit, reason }
            .diagnostic(Code::ExampleUndecodable, message.body_span)
            .with_label("this body");
        (culprit, Some(found))
    };
    let sent = match (&way.shared.body, &request.json) {
        (Some(BodyParameter::Json(ty)), Some(json)) => decodes::value(types, ty, json),
        (Some(BodyParameter::Reference), Some(json)) => decodes::reference(json),
        _ => Ok(()),
    };
    sent.map_err(|fault| undecodable(request, "request", fault))?;
    if status == 202 && matches!(way.shared.output, Output::Outcome(..)) {
        return Ok(());
    }
    if matches!(way.shared.output, Output::Count) && status < 300 && !is_number(&response.body) {
        let fault = decodes::Fault::example("there is no number");
        return Err(undecodable(response, "response", fault));
    }
    if status < 300 {
        decodes::output(types, &way.shared.output, response.json.as_ref())
            .map_err(|fault| undecodable(response, "response", fault))?;
    }
    Ok(())
}

/// Whether a body is what `$count` answers with.
fn is_number(body: &str) -> bool {
    body.trim_matches('\u{feff}').trim().parse::<u64>().is_ok()
}
