pub(crate) use self::{a::B, c};
use crate::types::{
    AppAuthorization, AppBundle, Credential, DestinationConfiguration, Ingestion, Tag,
};
pub use smithy_rt as rt;
#[deprecated(
    since = "1.0",
    note = "use something else, which is described at more length than fits on a line"
)]
pub const NAMES: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];
pub static SERVICE: rt::client::Service = rt::client::Service {
    name: "a",
    user_agent: concat!(env!("A"), "/", env!("B")),
    endpoints: rt::Shared(resolve),
};
const SHORT: [u8; 40] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
];
pub type Entry<E> = (
    &'static str,
    for<'a> fn(&'a Client, &'a str) -> Pin<Box<dyn Future<Output = Result<String, E>> + Send + 'a>>,
);
type Short = Vec<u8>;
/// A structure.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Structure<'a, T: Into<String> = String>
where
    T: Clone,
{
    /// A field.
    pub field:
        BTreeMap<String, Vec<Option<BTreeMap<String, Vec<Option<BTreeMap<String, Vec<T>>>>>>>>,
    pub(crate) other: &'a mut [u8],
}
pub struct Unit;
pub struct Tuple(
    pub String,
    Box<dyn Fn(&str) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync>,
    [u8; 16],
);
pub struct Empty {}
#[derive(Debug)]
pub enum Union {
    /// A variant.
    Text(String),
    Named {
        a: u8,
        b: u8,
    },
    NamedAtLength {
        first_member: String,
        second_member: String,
    },
    Nothing,
    Number = 4,
}
pub trait Operation: Sized + Send + Sync + 'static {
    const NAME: &'static str;
    const BOXED: bool = false;
    type Output: Decode + Send;
    fn request(&self, req: &mut Request) -> Result<(), Error>;
    fn response(res: &Response<'_>) -> Result<Self::Output, ResponseError>
    where
        Self: Sized,
    {
        Ok(res.read()?)
    }
}
impl<Via, A, B> Builder<Via, (A, B)> {
    pub fn short(self) -> Self {
        self
    }
    pub fn app_bundle_identifier_of_the_application(
        self,
        value: impl Into<String>,
    ) -> Builder<Via, (Set, B)> {
        self.with(|it| it.app_bundle_identifier = value.into())
    }
    pub fn asset_model_composite_model_descriptions<M>(
        self,
        value: impl rt::IntoOptional<String, M>,
    ) -> Builder<
        Via,
        (
            A,
            Set,
            C,
            D,
            E,
            F,
            G,
            H,
            I,
            J,
            K,
            L,
            M,
            N,
            O,
            P,
            Q,
            R,
            S,
            T,
            U,
            V,
            W,
            X,
            Y,
            Z,
        ),
    > {
        self.with(|it| it.asset_model_composite_model_descriptions_of_all = value.into_optional())
    }
    pub async fn wait<F>(&self, timeout: Duration, check: F) -> Result<Output, Error>
    where
        F: Fn(&Output) -> bool + Send,
        Output: Clone,
    {
        loop {
            if check(&self.get().await?) {
                break Ok(());
            } else {
                continue;
            }
        }
    }
}
impl Empty {}
impl<'de, T> rt::json::Decode<'de> for Wrapper<T>
where
    T: rt::json::Decode<'de>,
{
    const BOXED: bool = true;
    type Output = T;
    fn a() {}
}
fn calls(json: &mut json::Writer) -> Result<(), Error> {
    json.member("name", &self.name);
    json.requires(&[
        "app",
        "appBundleIdentifier",
        "authType",
        "credential",
        "tenant",
        "tags",
    ]);
    json.structure(|json, key| match key {
        "a" => json.member(&mut value.a),
        "destinationConfiguration" | "other" => json.member(&mut value.destination_configuration),
        _ => json.other(),
    })?;
    let value = Structure { a: 1, b };
    let value = Structure {
        destination_configuration: 1,
        ..Structure::default()
    };
    return params.rejected(
        "a custom endpoint cannot be combined with the dual-stack option; unset one of the two, please",
    );
}
fn chains() {
    req.path("/appbundles/")
        .label("appBundleIdentifier", &self.app_bundle_identifier)?
        .path("/appauthorizations/");
    let value = output
        .parts
        .as_ref()
        .map(|items| items.iter().filter(|it| it.state.as_str() == "OK").count());
    let client = Client::builder()
        .endpoint_url(url)
        .credentials(Credentials::new("a", "b", None))
        .build()
        .await?;
    x.iter()
        .map(|it| {
            let y = it.a();
            y.b()
        })
        .collect::<Vec<_>>();
    it.tags = value
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect::<BTreeMap<_, _>>();
    a.b.c.d(e).await??;
    self.0.into_iter().next();
}
fn conditions() -> bool {
    if output
        .names
        .as_ref()
        .and_then(|it| it.first())
        .map(String::as_str)
        == Some("a")
        && output.parts.as_ref().is_some()
    {
        return true;
    } else if let Some(region) = params.region {
        check(region)
    } else {
        check_nothing()
    }
    if let Some(first) = first_of_them
        && let Some(second) = second_of_them
    {
        both()
    }
    while let Some(piece) = output.body.next().await {
        let piece = piece?;
        println!("{} bytes", piece.len());
    }
    for (name, value) in headers {
        headers_of_request.insert(name, value);
    }
    let Some(region) = params.region else {
        return params.no_region();
    };
    let Some(region_of_the_client) = parameters.region_of_the_client else {
        return parameters.no_region();
    };
    let kind = if short { "a" } else { "b" };
    let kind = if the_condition_is_longer {
        "the first value"
    } else {
        "the second value"
    };
    left_operand_with_a_long_name
        + right_operand_with_a_long_name * another_operand_with_a_long_name
        - last_operand
        > 0
}
fn matches(value: Value) -> u8 {
    match value {
        Value::A(a)
            if a.is_long_enough_for_this_guard_to_need_a_line_of_its_own()
                && a.is_valid_and_complete_now() =>
        {
            1
        }
        Value::B { name, value, .. } => match name {
            "a" => 1,
            _ => {
                let y = 2;
                y
            }
        },
        Value::C(first, second) => {
            call(first);
            call(second)
        }
        Value::D => return 4,
        Value::E => {
            return long_function_name(
                with_arguments,
                that_do_not_fit,
                on_the_line_of_the_pattern,
                at_all,
            );
        }
        Value::F | Value::G | Value::H => {
            if a {
                1
            } else {
                2
            }
        }
        Value::VeryLongVariantName(_)
        | Value::AnotherVeryLongVariantName(_)
        | Value::YetAnotherVariantName(_) => {}
        _ => unreachable!(
            "no other value of {} can be here, because of {}",
            first_argument_of_it, second_argument
        ),
    }
}
fn closures() {
    let f = |a, b| a + b;
    let f = move || {
        step();
        other_step()
    };
    let f = async |x: u8| -> Result<u8, Error> { Ok(x) };
    spawn(async move {
        let x = run().await?;
        finish(x)
    });
    with(|it| {
        if it.is_set {
            it.value.clone()
        } else {
            it.other_value_of_the_structure.to_owned_string()
        }
    });
    f(|| panic!("a"));
    case::ExpectedRequest::new("POST", "/a")
        .header("Content-Type", "application/json")
        .check(|client| client.get());
    a.b(c, d, |x| {
        for y in x {
            z(y)
        }
    });
}
fn values() {
    let input = Input::builder()
        .items([
            Item::builder().name("a").build(),
            Item::builder().name("b").build(),
        ])
        .build();
    let list = vec![
        "true".to_owned(),
        "false".to_owned(),
        "true".to_owned(),
        "false".to_owned(),
        "none".to_owned(),
    ];
    let map = [
        ("a", vec![1, 2]),
        (
            "BooleanList",
            vec!["true".to_owned(), "false".to_owned(), "true".to_owned()],
        ),
    ];
    let nested = rt::endpoint::Resolved::new(&format!(
        "https://appfabric-fips.{region}.{}",
        partition_result.suffix
    ));
    let text = "x".repeat(3)[..2].len() as u64
        + u64::from(!0u8)
        + (-1i64).unsigned_abs()
        + array[index_of_it];
    let range = (0..10, ..=5, 3.., ..);
    let bytes = *b"abc";
    let tuple = (
        a_value_with_a_long_name,
        another_value_with_a_long_name,
        and_a_third_value,
        4,
    );
    let one = (1,);
    value.field =
        very_long_function_name_that_returns_a_value(argument_number_one, argument_number_two, 3);
    value.count += 1;
    let closure: &dyn Fn(&str, &str) -> Result<Option<String>, Box<dyn std::error::Error>> =
        &|a, b| lookup(a, b);
    unsafe { call() };
    let repeated = [0; 4];
    let x = <Vec<u8> as IntoIterator>::into_iter(y);
    let r#type = if let Some(value) = of_type(
        value,
        with_a_long_argument_list,
        which_does_not_fit,
        on_one_line,
    ) {
        1
    } else {
        2
    };
}
rt::error_methods!(Error);
