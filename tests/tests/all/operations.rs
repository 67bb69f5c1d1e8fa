//! What the pages say of each operation, as the constants of its request type.

use graph_runtime::{Operation, PermissionSet};
use graph_security::client::security::incident_tasks::by_id::{
    Delete, ExecuteResponseAction, Get, Update,
};
use graph_security::client::security::incident_tasks::{Create, List};
use graph_security::models::security::IncidentTaskActionType;

const COLLECTION: &str = "/security/incidentTasks";
const MEMBER: &str = "/security/incidentTasks/{incidentTaskId}";
const EXECUTE: &str = "/security/incidentTasks/{incidentTaskId}/executeResponseAction";

const READ: &str = "SecurityIncident.Read.All";
const WRITE: &str = "SecurityIncident.ReadWrite.All";
const WRITE_TASKS: &str = "SecurityIncidentTask.ReadWrite.All";
const TAKE_ACTION: &str = "SecurityIncidentTask.TakeAction.ReadWrite.All";

const BAD_ID: (u16, &str, &str) = (400, "BadRequest", "Invalid incidentTask id {id}");
const NOT_FOUND: (u16, &str, &str) = (404, "NotFound", "taskId {id} not found");
const UNSUPPORTED: (u16, &str, &str) = (
    400,
    "UnsupportedActionType",
    "Action type '{action_type}' is not supported for automated execution.",
);

struct Row {
    operation: Operation,
    method: &'static str,
    path: &'static str,
    least: &'static [&'static str],
    higher_delegated: &'static [&'static str],
    higher_application: &'static [&'static str],
    errors: &'static [(u16, &'static str, &'static str)],
}

const ROWS: [Row; 6] = [
    Row {
        operation: List::OPERATION,
        method: "GET",
        path: COLLECTION,
        least: &[READ],
        higher_delegated: &[WRITE],
        higher_application: &[WRITE, WRITE_TASKS],
        errors: &[],
    },
    Row {
        operation: Create::OPERATION,
        method: "POST",
        path: COLLECTION,
        least: &[WRITE],
        higher_delegated: &[],
        higher_application: &[WRITE_TASKS],
        errors: &[],
    },
    Row {
        operation: Get::OPERATION,
        method: "GET",
        path: MEMBER,
        least: &[READ],
        higher_delegated: &[WRITE],
        higher_application: &[WRITE, WRITE_TASKS],
        errors: &[BAD_ID, NOT_FOUND],
    },
    Row {
        operation: Update::OPERATION,
        method: "PATCH",
        path: MEMBER,
        least: &[WRITE],
        higher_delegated: &[],
        higher_application: &[WRITE_TASKS],
        errors: &[BAD_ID, NOT_FOUND],
    },
    Row {
        operation: Delete::OPERATION,
        method: "DELETE",
        path: MEMBER,
        least: &[WRITE],
        higher_delegated: &[],
        higher_application: &[WRITE_TASKS],
        errors: &[BAD_ID, NOT_FOUND],
    },
    Row {
        operation: ExecuteResponseAction::OPERATION,
        method: "POST",
        path: EXECUTE,
        least: &[WRITE],
        higher_delegated: &[],
        higher_application: &[WRITE_TASKS, TAKE_ACTION],
        errors: &[UNSUPPORTED, BAD_ID, NOT_FOUND],
    },
];

#[test]
fn each_operation_knows_its_path_its_permissions_and_its_errors() {
    for row in ROWS {
        let Row { operation, .. } = row;
        let name = operation.name;
        assert_eq!(
            (operation.method, operation.path_templates),
            (row.method, &[row.path][..]),
            "{name}"
        );
        let permissions = |higher| {
            Some(PermissionSet {
                least: row.least,
                higher,
            })
        };
        assert_eq!(
            operation.permissions.delegated_work,
            permissions(row.higher_delegated),
            "{name}"
        );
        assert_eq!(operation.permissions.delegated_personal, None, "{name}");
        assert_eq!(
            operation.permissions.application,
            permissions(row.higher_application),
            "{name}"
        );
        let errors = operation
            .errors
            .iter()
            .map(|error| (error.status, error.code, error.message));
        assert_eq!(errors.collect::<Vec<_>>(), row.errors, "{name}");
        assert!(
            operation
                .errors
                .iter()
                .all(|error| !error.condition.is_empty()),
            "{name}"
        );
        assert!(
            operation
                .documentation
                .is_some_and(|page| page.starts_with("https://learn.microsoft.com/")),
            "{name}"
        );
    }
}

#[test]
fn eight_action_types_can_be_executed_and_four_not_created() {
    let texts = |types: &[IncidentTaskActionType]| -> Vec<String> {
        types.iter().map(ToString::to_string).collect()
    };
    let executable = [
        "collectInvestigationPackage",
        "isolateDevice",
        "unRestrictAppExecution",
        "unIsolateDevice",
        "restrictAppExecution",
        "runAntiVirusScan",
        "stopAndQuarantineFile",
        "submitIocRule",
    ];
    let not_creatable = [
        "markUserAsCompromised",
        "requireSignIn",
        "hardDeleteEmail",
        "softDeleteEmail",
    ];
    assert_eq!(
        texts(ExecuteResponseAction::SUPPORTED_ACTION_TYPES),
        executable
    );
    assert_eq!(texts(Create::UNSUPPORTED_ACTION_TYPES), not_creatable);
}
