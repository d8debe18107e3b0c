//! Part of the program `forms`: reads values and writes them back.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use std::fmt::Debug;

pub(crate) type Check = fn(&str) -> Result<(), String>;

/// Checks the values of a list, whose lines are a type and JSON.
pub(crate) fn run(list: &str, of_type: fn(&str) -> Check) {
    assert!(!list.is_empty());
    for line in list.lines() {
        let (name, json) = line.split_once(' ').unwrap();
        if let Err(message) = of_type(name)(json) {
            panic!("{name}: {message}\n{json}");
        }
    }
}

/// Reads a value, and compares what is written in JSON, and after a detour through CBOR.
pub(crate) fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) -> Result<(), String> {
    let expected: serde_json::Value = serde_json::from_str(json).unwrap();
    let value: T = serde_json::from_str(json).map_err(|error| format!("cannot be read: {error}"))?;
    let written = serde_json::to_value(&value).map_err(|error| format!("cannot be written: {error}"))?;
    if written != expected {
        return Err(format!("differs: {written}"));
    }
    let mut cbor = Vec::new();
    ciborium::into_writer(&value, &mut cbor).map_err(|error| format!("cannot be written as CBOR: {error}"))?;
    let read: T =
        ciborium::from_reader(&*cbor).map_err(|error| format!("cannot be read from CBOR: {error}"))?;
    if serde_json::to_value(&read).unwrap() != expected {
        return Err(format!("differs after CBOR: {read:?}"));
    }
    // Not a number does not equal itself.
    if read != value && !json.contains("\"NaN\"") {
        return Err(format!("{read:?} is not equal to {value:?}"));
    }
    Ok(())
}
