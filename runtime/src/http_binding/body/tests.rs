use crate::http_binding::body::body_type::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// The output of a future that is ready.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    let Poll::Ready(output) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("the future is not ready")
    };
    output
}

fn frames(mut body: Body) -> Vec<Bytes> {
    std::iter::from_fn(|| now(body.next()))
        .map(Result::unwrap_or_default)
        .collect()
}

#[test]
fn bytes_are_one_frame_and_can_be_read_repeatedly() {
    let body = Body::from("abc");
    assert_eq!(body.length(), Some(3));
    let again = body.try_clone().unwrap();
    assert_eq!(frames(body), ["abc"]);
    assert_eq!(now(again.bytes()).unwrap(), "abc");
    assert!(Body::default().is_end_stream() && frames(Body::default()).is_empty());
}

#[test]
fn bodies_are_created_from_bytes_and_text() {
    let bodies: [Body; 5] = [
        "abc".into(),
        String::from("abc").into(),
        vec![b'a', b'b', b'c'].into(),
        b"abc".as_slice().into(),
        Bytes::from_static(b"abc").into(),
    ];
    for body in bodies {
        assert_eq!(body.as_bytes().unwrap(), "abc");
        assert_eq!(format!("{body:?}"), "Body(3 bytes)");
    }
}

#[test]
fn bodies_can_be_sent_to_other_threads() {
    fn check<T: Send + Sync + Unpin>(_: T) {}
    check(Body::default());
}

/// A stream whose pieces are ready.
struct Pieces(VecDeque<Result<&'static str, &'static str>>);

impl Stream for Pieces {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn body(pieces: impl IntoIterator<Item = Result<&'static str, &'static str>>) -> Body {
    Body::from_stream(Pieces(pieces.into_iter().collect()))
}

#[test]
fn pieces_of_a_stream_are_not_changed() {
    let body = body([Ok("abc"), Ok("de")]);
    assert_eq!((body.as_bytes(), body.length()), (None, None));
    assert_eq!(format!("{body:?}"), "Body(stream)");
    assert_eq!(frames(body), ["abc", "de"]);
}

#[test]
fn only_the_first_reader_gets_a_stream() {
    let mut body = body([Ok("abc"), Ok("de"), Err("broken")]);
    let mut other = body.try_clone().unwrap();
    assert_eq!(now(other.next()).unwrap().unwrap(), "abc");
    assert!(body.try_clone().is_none());
    let error = now(body.next()).unwrap().unwrap_err();
    let text = "Body failed: cannot read the body: the stream can be read only once, and it was read before";
    assert_eq!(error.to_string(), text);
    assert_eq!(now(other.next()).unwrap().unwrap(), "de");
    let error = now(other.bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Body failed: cannot read the body: broken"
    );
}

#[test]
fn a_body_is_not_wrapped_in_another() {
    assert_eq!(Body::new(Body::from("abc")).as_bytes().unwrap(), "abc");
}

#[test]
fn a_reopened_body_is_read_repeatedly() {
    let mut body = Body::reopen(3, || Body::from("abc"));
    assert_eq!(format!("{body:?}"), "Body(stream of 3 bytes)");
    assert_eq!(now(body.next()).unwrap().unwrap(), "abc");
    assert_eq!(format!("{body:?}"), "Body(stream of 0 bytes)");
    let again = body.try_clone().unwrap();
    assert!(now(body.next()).is_none());
    assert_eq!(frames(again), ["abc"]);
}

#[test]
fn a_stream_of_another_length_is_an_error() {
    for (length, word) in [(2, "more"), (4, "fewer")] {
        let error = now(Body::reopen(length, || Body::from("abc")).bytes()).unwrap_err();
        let text = format!(
            "Body failed: cannot read the body: the stream has {word} bytes than its length of {length}"
        );
        assert_eq!(error.to_string(), text);
    }
}
