//! What the handle and the transport of a script share.

use crate::client::test_util::answer::{Answer, Content, Limit};
use crate::client::test_util::request::RecordedRequest;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The answers and requests of a script.
pub(super) struct Shared {
    in_order: bool,
    pub(super) answers: Vec<Answer>,
    pub(super) requests: Vec<RecordedRequest>,
    /// What contradicts the script.
    pub(super) problems: Vec<String>,
}

impl Shared {
    pub(super) fn new(in_order: bool) -> Self {
        Self {
            in_order,
            answers: Vec::new(),
            requests: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Records a request and takes its answer.
    ///
    /// # Errors
    /// The script has no answer to the request.
    pub(super) fn take(&mut self, request: &RecordedRequest) -> Result<Content, String> {
        self.requests.push(request.clone());
        let found = if self.in_order {
            self.next(request)
        } else {
            self.any(request)
        };
        match found {
            Ok(answer) => {
                answer.used += 1;
                Ok(answer.content.clone())
            }
            Err(problem) => {
                let number = self.requests.len();
                let problem = format!("request {number}, {}, {problem}", request.name());
                self.problems.push(problem.clone());
                Err(problem)
            }
        }
    }

    /// The next answer in order. Answers for any number of requests can be skipped.
    fn next(&mut self, request: &RecordedRequest) -> Result<&mut Answer, String> {
        let count = self.answers.len();
        // What was used cannot be used after a later answer.
        let last_used = self.answers.iter().rposition(|answer| answer.used > 0);
        let left = self
            .answers
            .iter_mut()
            .enumerate()
            .skip(last_used.unwrap_or_default())
            .filter(|(_, answer)| !answer.is_used_up());
        for (index, answer) in left {
            if answer.accepts(request) {
                return Ok(answer);
            }
            if answer.limit != Limit::Always {
                let number = index + 1;
                return Err(if answer.is_for(request) {
                    format!("does not meet the condition of answer {number}, {answer}")
                } else {
                    format!("came instead of the request for answer {number}, {answer}")
                });
            }
        }
        Err(format!(
            "has no answer: the script ends after answer {count}"
        ))
    }

    /// The first answer to the request that is not used up.
    fn any(&mut self, request: &RecordedRequest) -> Result<&mut Answer, String> {
        let left = || self.answers.iter().filter(|answer| !answer.is_used_up());
        let names: Vec<String> = left().map(ToString::to_string).collect();
        self.answers
            .iter_mut()
            .find(|answer| !answer.is_used_up() && answer.accepts(request))
            .ok_or_else(|| match names.is_empty() {
                true => "has no answer: all answers are used up".to_owned(),
                false => format!("has no answer; the answers left are: {}", names.join(", ")),
            })
    }

    /// Requests without answers, and answers that are not used up.
    pub(super) fn all_problems(&self) -> Vec<String> {
        let unused = self
            .answers
            .iter()
            .enumerate()
            .filter_map(|(index, answer)| match answer.limit {
                Limit::Times(times) if answer.used < times => Some(format!(
                    "answer {}, {answer}, was used {} times, not {times}",
                    index + 1,
                    answer.used
                )),
                _ => None,
            });
        self.problems.iter().cloned().chain(unused).collect()
    }
}

pub(super) fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
