//! The time of a signature.

use crate::error::box_error::BoxError;
use crate::types::timestamp::instant::Timestamp;
use std::time::SystemTime;

/// The time of a signature in its text form, such as `20150830T123600Z`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SigningTime(String);

impl SigningTime {
    /// # Errors
    /// The year does not have four digits.
    pub(super) fn new(time: SystemTime) -> Result<Self, BoxError> {
        let time = Timestamp::from_epoch_seconds(Timestamp::from(time).seconds());
        let mut text = time.date_time().to_string();
        if text.starts_with(['+', '-']) {
            return Err(
                format!("cannot sign at {time}: the year of a signature has four digits").into(),
            );
        }
        text.retain(|char| !matches!(char, '-' | ':'));
        Ok(Self(text))
    }

    /// The date and time: `20150830T123600Z`.
    pub(super) fn date_time(&self) -> &str {
        &self.0
    }

    /// The date: `20150830`.
    pub(super) fn date(&self) -> &str {
        self.0.split_once('T').map_or("", |(date, _)| date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Result<String, String> {
        let time = SystemTime::try_from(Timestamp::from_epoch_seconds(seconds)).unwrap();
        SigningTime::new(time)
            .map(|time| {
                assert!(time.date_time().starts_with(time.date()));
                assert_eq!(time.date().len(), 8);
                time.date_time().to_owned()
            })
            .map_err(|error| error.to_string())
    }

    #[test]
    fn years_have_four_digits() {
        assert_eq!(at(1_440_938_160).unwrap(), "20150830T123600Z");
        assert_eq!(at(-1).unwrap(), "19691231T235959Z");
        assert_eq!(at(-62_135_596_800).unwrap(), "00010101T000000Z");
        assert_eq!(at(253_402_300_799).unwrap(), "99991231T235959Z");
        for seconds in [253_402_300_800, -62_167_219_201, i64::MAX / 4, i64::MIN / 4] {
            let error = at(seconds).unwrap_err();
            assert!(
                error.ends_with("the year of a signature has four digits"),
                "{error}"
            );
        }
    }
}
