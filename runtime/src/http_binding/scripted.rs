//! What scripted transports of tests exchange with the call path beside HTTP: extensions of requests
//! and responses.

use crate::error::facts::ErrorFacts;
use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

/// The operation of a request.
#[derive(Clone, Copy)]
pub(crate) struct OperationName(pub(crate) &'static str);

/// An output or an error that a response stands for.
#[derive(Clone)]
pub(crate) struct Given {
    /// The value, until it is taken.
    value: Arc<Mutex<Option<Box<dyn Any + Send>>>>,
    /// The code of an error.
    code: Option<String>,
}

impl Given {
    /// The output that the response stands for.
    pub(crate) fn output(value: impl Any + Send) -> Self {
        Self {
            value: Arc::new(Mutex::new(Some(Box::new(value)))),
            code: None,
        }
    }

    /// The error of the model that the response stands for.
    pub(crate) fn error(value: impl Any + Send, code: Option<String>) -> Self {
        Self {
            code,
            ..Self::output(value)
        }
    }

    /// The code of an error whose members are in the body.
    pub(crate) fn code(code: String) -> Self {
        Self {
            value: Arc::default(),
            code: Some(code),
        }
    }

    /// Takes the value, if it has this type.
    pub(crate) fn take<T: Any>(&self) -> Option<T> {
        let mut value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        match value.take()?.downcast() {
            Ok(value) => Some(*value),
            Err(other) => {
                *value = Some(other);
                None
            }
        }
    }

    /// The facts of the error, with the code of this value.
    pub(crate) fn facts(&self, facts: ErrorFacts) -> ErrorFacts {
        ErrorFacts {
            code: self.code.clone().or(facts.code),
            ..facts
        }
    }
}
