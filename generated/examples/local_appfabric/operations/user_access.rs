//! User access tasks, which progress with the clock.

use super::super::errors::{Kind, not_found};
use super::super::state::{Outcome, Task};
use super::Call;
use appfabric::operations::{
    BatchGetUserAccessTasks, BatchGetUserAccessTasksOutput, StartUserAccessTasks,
    StartUserAccessTasksOutput,
};
use appfabric::rt::Timestamp;
use appfabric::server::{BatchGetUserAccessTasksError, StartUserAccessTasksError};
use appfabric::types::{
    AppAuthorizationStatus, ResultStatus, TaskError, UserAccessResultItem, UserAccessTaskItem,
};

/// The time after which a task has its result, in seconds.
const DURATION: i64 = 5;
/// The time after which a task without a result expires, in seconds.
const TIMEOUT: i64 = 60 * 60;
/// The time for which tasks are kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// The number of tasks of an app bundle that are kept.
const MOST_TASKS: usize = 1000;

impl Call<'_> {
    pub(crate) fn start_user_access_tasks(
        &mut self,
        input: StartUserAccessTasks,
    ) -> Result<StartUserAccessTasksOutput, StartUserAccessTasksError> {
        let now = self.now.seconds();
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let mut items = Vec::new();
        for authorization in &bundle.authorizations {
            let shape = &authorization.record.shape;
            let item = UserAccessTaskItem::builder()
                .app(&shape.app)
                .tenant_id(&shape.tenant.tenant_identifier);
            if shape.status != AppAuthorizationStatus::Connected {
                let error = task_error("NotConnected", "The app authorization is not connected.");
                items.push(item.error(error).build());
                continue;
            }
            let id = appfabric::rt::random_token().map_err(StartUserAccessTasksError::internal)?;
            items.push(item.task_id(&id).build());
            bundle.tasks.push(Task {
                id,
                app: shape.app.clone(),
                tenant: shape.tenant.clone(),
                started_at: now,
                outcome: outcome(&input.email),
                email: Some(input.email.clone()),
            });
        }
        bundle.tasks.retain(|task| now - task.started_at < KEPT);
        let excess = bundle.tasks.len().saturating_sub(MOST_TASKS);
        bundle.tasks.drain(..excess);
        Ok(StartUserAccessTasksOutput::builder()
            .user_access_tasks_list(items)
            .build())
    }

    pub(crate) fn batch_get_user_access_tasks(
        &mut self,
        input: BatchGetUserAccessTasks,
    ) -> Result<BatchGetUserAccessTasksOutput, BatchGetUserAccessTasksError> {
        let now = self.now;
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let mut items = Vec::new();
        for id in &input.task_id_list {
            let mut tasks = bundle.tasks.iter();
            let task = tasks
                .find(|task| task.id == *id)
                .ok_or_else(|| not_found(Kind::UserAccessTask, id))?;
            items.push(result(task, now));
        }
        Ok(BatchGetUserAccessTasksOutput::builder()
            .user_access_results_list(items)
            .build())
    }
}

/// Chosen addresses fail or expire: `fail@..` and `expire@..`.
fn outcome(email: &str) -> Outcome {
    match email.split('@').next() {
        Some("fail") => Outcome::Failed,
        Some("expire") => Outcome::Expired,
        _ => Outcome::Completed,
    }
}

/// The status of a task at a time.
pub(crate) fn status(task: &Task, now: Timestamp) -> ResultStatus {
    let age = now.seconds() - task.started_at;
    match task.outcome {
        Outcome::Expired if age >= TIMEOUT => ResultStatus::Expired,
        Outcome::Completed if age >= DURATION => ResultStatus::Completed,
        Outcome::Failed if age >= DURATION => ResultStatus::Failed,
        _ => ResultStatus::InProgress,
    }
}

fn result(task: &Task, now: Timestamp) -> UserAccessResultItem {
    let status = status(task, now);
    let item = UserAccessResultItem::builder()
        .app(&task.app)
        .tenant_id(&task.tenant.tenant_identifier)
        .tenant_display_name(&task.tenant.tenant_display_name)
        .task_id(&task.id)
        .email(task.email.clone())
        .result_status(status.clone());
    match (status, &task.email) {
        (ResultStatus::Failed, _) => {
            let error = task_error("UserNotFound", "The application has no such user.");
            item.task_error(error).build()
        }
        (ResultStatus::Completed, Some(email)) => {
            let local = email.split('@').next().unwrap_or_default();
            let (first, last) = local.split_once('.').unwrap_or((local, "User"));
            let (first, last) = (capitalized(first), capitalized(last));
            item.user_id(format!("{}-{local}", task.app.to_lowercase()))
                .user_full_name(format!("{first} {last}"))
                .user_first_name(first)
                .user_last_name(last)
                .user_status("ACTIVE")
                .build()
        }
        _ => item.build(),
    }
}

fn task_error(code: &str, message: &str) -> TaskError {
    TaskError::builder()
        .error_code(code)
        .error_message(message)
        .build()
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
