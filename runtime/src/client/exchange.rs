//! One exchange with the service, within the client's limits of time and size.

use super::Config;
use super::system::within;
use super::transport::TransportError;
use crate::body::Gathered;
use crate::{Body, BoxError};
use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};
use http_body::Body as HttpBody;

/// How much of an error's body is read, in bytes.
const LARGEST_ERROR: u64 = 1 << 20;

/// Why an exchange has no answer.
pub(super) enum Unanswered {
    /// There is no head.
    NoHead(BoxError),
    /// The head tells of success, and the body cannot be read.
    NoBody(Box<Parts>, BoxError),
}

impl Config {
    /// Sends a request and reads the answer; with `streams`, the body of one with success is left
    /// to be read.
    pub(super) async fn exchange(
        &self,
        request: Request<Body>,
        streams: bool,
    ) -> Result<Response<Body>, Unanswered> {
        let (request, upload) = self.patience.watch(request);
        let answer = self.transport.exchange(request);
        let answer = self
            .patience
            .wait(answer, upload.as_deref())
            .await
            .map_err(Unanswered::NoHead)?;
        let (head, body) = answer.into_parts();
        let body = self.patience.limit(body);
        if !head.status.is_success() {
            return Ok(Response::from_parts(
                head,
                self.start_of_error(body).await.into(),
            ));
        }
        if streams {
            return Ok(Response::from_parts(head, body));
        }
        let limit = self.max_response_size;
        let is_too_large = HttpBody::size_hint(&body).lower() > limit;
        let (bytes, end) = if is_too_large {
            (Bytes::new(), Ok(false))
        } else {
            body.collect_up_to(limit).await
        };
        match end {
            Ok(true) => Ok(Response::from_parts(head, bytes.into())),
            Ok(false) => Err(Unanswered::NoBody(
                Box::new(head),
                TransportError::too_large(limit).into(),
            )),
            Err(error) => Err(Unanswered::NoBody(Box::new(head), error)),
        }
    }
    /// What there is of an error's body within the limits. Status and headers say what went wrong,
    /// whatever becomes of the rest, so it is waited for as long as for a single piece.
    async fn start_of_error(&self, body: Body) -> Bytes {
        let mut start = Gathered::default();
        let read = body.gather(LARGEST_ERROR, &mut start);
        match self.patience.read_timeout {
            Some(limit) => drop(within(&*self.patience.system, limit, read).await),
            None => drop(read.await),
        }
        start.join()
    }
}
