//! A test kit for code that calls a client, with the feature `test-util`.
//!
//! A [`Script`] has the answers to the requests of a test, and [`Script::client`] returns a client
//! that uses it. The client needs no network, credentials or region, and each run of a test sends the
//! same requests. Everything between the call and the transport is that of any client: retries,
//! pages, waiters, time limits and signatures.
//!
//! ```
//! # mod example {
//! #     use smithy_rt::{self as rt, client::{Endpoints, Service}, endpoint::Resolved};
//! #     #[derive(Debug)]
//! #     pub struct GetThing { pub id: String }
//! #     #[derive(Clone, Default)]
//! #     pub struct GetThingOutput { pub state: String }
//! #     impl rt::Operation for GetThing {
//! #         const NAME: &'static str = "GetThing";
//! #         const METHOD: rt::Method = rt::Method::GET;
//! #         type Output = GetThingOutput;
//! #         type Error = Error;
//! #         fn write(&self, req: &mut rt::RequestWriter<'_>) -> rt::Written {
//! #             req.path("/things/").label("id", &self.id)?;
//! #             Ok(())
//! #         }
//! #     }
//! #     impl rt::FromResponse for GetThingOutput {
//! #         fn from_response(res: &rt::Response<'_>) -> Result<Self, rt::ResponseError> {
//! #             let mut value = Self::default();
//! #             res.structure(|json, key| match key {
//! #                 "state" => json.member(&mut value.state),
//! #                 _ => json.skip(),
//! #             })?;
//! #             Ok(value)
//! #         }
//! #     }
//! #     pub enum Error { Unmodeled(rt::Unmodeled), Failure(rt::Failure) }
//! #     rt::service_error! { Error reads rt::protocol::rest_json::error_facts {} }
//! #     pub struct Client { inner: rt::client::Client }
//! #     rt::client_methods!(in [crate example], when [any()], Client, Service {
//! #         id: "Example",
//! #         schemes: &[rt::Scheme::SigV4("example")],
//! #         user_agent: "example/1.0",
//! #         endpoints: Endpoints::Shared(|_| Resolved::new("https://example.com")),
//! #     });
//! # }
//! use example::{Client, Error, GetThing, GetThingOutput};
//! use smithy_rt::test_util::{Answer, Script, json};
//!
//! /// The code under test.
//! async fn is_ready(client: &Client, id: &str) -> Result<bool, Error> {
//!     let output = client.send(&GetThing { id: id.to_owned() }).await?;
//!     Ok(output.state == "READY")
//! }
//!
//! // #[tokio::test]
//! async fn a_thing_becomes_ready() {
//!     let script = Script::new();
//!     script
//!         .answer(Answer::connection_reset()) // The client retries.
//!         .answer(Answer::json(200, json!({"state": "NEW"})))
//!         .output::<GetThing>(GetThingOutput { state: "READY".to_owned() });
//!     let client: Client = script.client();
//!
//!     assert!(!is_ready(&client, "1").await.unwrap());
//!     assert!(is_ready(&client, "1").await.unwrap());
//!     for request in script.requests() {
//!         request.assert_path("GET", "/things/1");
//!     }
//!     script.finish();
//! }
//! # fn main() {
//! #     let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! #     runtime.block_on(a_thing_becomes_ready());
//! # }
//! ```
//!
//! | to test | use |
//! |---|---|
//! | an output or an error of the model | [`Script::output`], [`Script::error`] |
//! | an error that the model does not define | [`Answer::service_error`] |
//! | a response | [`Answer::json`], [`Answer::bytes`] |
//! | an output that depends on the request, or has a stream | [`Answer::output_with`] |
//! | retries | [`Answer::connection_reset`], [`Answer::timeout`], [`Answer::failure`] |
//! | time limits | [`Answer::delay`] with `#[tokio::test(start_paused = true)]` |
//! | calls in any order | [`Script::unordered`], [`Answer::only`], [`Answer::when`] |
//! | other settings of the client | [`Script::builder`] |
//! | what was sent | [`Script::requests`], [`RecordedRequest::assert_json`] |

mod answer;
mod request;
mod script;
mod state;
mod system;

pub use answer::Answer;
pub use request::RecordedRequest;
pub use script::{Script, ScriptedTransport};
pub use serde_json::{Value, json};
