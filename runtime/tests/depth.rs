//! Documents with the maximum nesting and more, on a thread with the stack size of `std` and tokio.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.

mod support;

use smithy_rt::json::{self, Decode, Encode, ErrorKind, Reader, Writer};
use smithy_rt::{
    BigDecimal, Document, Endpoint, FromResponse, Method, Operation, RequestError,
    RequestErrorKind, RequestWriter, Response, ResponseError,
};
use std::collections::BTreeMap;
use support::Error;

/// The levels of a document that are read and written.
const DEEPEST: usize = 128;

/// A structure with 400 members, each of 24 bytes, that holds itself in three ways; its code is as
/// it is emitted.
macro_rules! wide {
    ($($member:ident)*) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct Wide {
            inner: Option<Box<Wide>>,
            list: Option<Vec<Wide>>,
            map: Option<BTreeMap<String, Wide>>,
            choice: Option<Box<Choice>>,
            $($member: Option<String>,)*
        }

        impl Decode for Wide {
            const BOXED: bool = true;

            fn decode(json: &mut Reader<'_>) -> json::Result<Self> {
                Self::decode_box(json).map(|value| *value)
            }

            fn decode_box(json: &mut Reader<'_>) -> json::Result<Box<Self>> {
                fn member(value: &mut Wide, json: &mut Reader<'_>, key: &str) -> json::Result<()> {
                    match key {
                        "inner" => json.member(&mut value.inner),
                        "list" => json.member(&mut value.list),
                        "map" => json.member(&mut value.map),
                        "choice" => json.member(&mut value.choice),
                        $(stringify!($member) => json.member(&mut value.$member),)*
                        _ => json.other(),
                    }
                }

                json.boxed(Self::default, member)
            }
        }

        impl Encode for Wide {
            fn encode(&self, json: &mut Writer) {
                json.object(|json| {
                    json.member("inner", &self.inner);
                    json.member("list", &self.list);
                    json.member("map", &self.map);
                    json.member("choice", &self.choice);
                    $(json.member(stringify!($member), &self.$member);)*
                });
            }
        }
    };
}

wide! {
    m000 m001 m002 m003 m004 m005 m006 m007 m008 m009 m010 m011 m012 m013 m014 m015 m016 m017 m018 m019 m020 m021
    m022 m023 m024 m025 m026 m027 m028 m029 m030 m031 m032 m033 m034 m035 m036 m037 m038 m039 m040 m041 m042 m043
    m044 m045 m046 m047 m048 m049 m050 m051 m052 m053 m054 m055 m056 m057 m058 m059 m060 m061 m062 m063 m064 m065
    m066 m067 m068 m069 m070 m071 m072 m073 m074 m075 m076 m077 m078 m079 m080 m081 m082 m083 m084 m085 m086 m087
    m088 m089 m090 m091 m092 m093 m094 m095 m096 m097 m098 m099 m100 m101 m102 m103 m104 m105 m106 m107 m108 m109
    m110 m111 m112 m113 m114 m115 m116 m117 m118 m119 m120 m121 m122 m123 m124 m125 m126 m127 m128 m129 m130 m131
    m132 m133 m134 m135 m136 m137 m138 m139 m140 m141 m142 m143 m144 m145 m146 m147 m148 m149 m150 m151 m152 m153
    m154 m155 m156 m157 m158 m159 m160 m161 m162 m163 m164 m165 m166 m167 m168 m169 m170 m171 m172 m173 m174 m175
    m176 m177 m178 m179 m180 m181 m182 m183 m184 m185 m186 m187 m188 m189 m190 m191 m192 m193 m194 m195 m196 m197
    m198 m199 m200 m201 m202 m203 m204 m205 m206 m207 m208 m209 m210 m211 m212 m213 m214 m215 m216 m217 m218 m219
    m220 m221 m222 m223 m224 m225 m226 m227 m228 m229 m230 m231 m232 m233 m234 m235 m236 m237 m238 m239 m240 m241
    m242 m243 m244 m245 m246 m247 m248 m249 m250 m251 m252 m253 m254 m255 m256 m257 m258 m259 m260 m261 m262 m263
    m264 m265 m266 m267 m268 m269 m270 m271 m272 m273 m274 m275 m276 m277 m278 m279 m280 m281 m282 m283 m284 m285
    m286 m287 m288 m289 m290 m291 m292 m293 m294 m295 m296 m297 m298 m299 m300 m301 m302 m303 m304 m305 m306 m307
    m308 m309 m310 m311 m312 m313 m314 m315 m316 m317 m318 m319 m320 m321 m322 m323 m324 m325 m326 m327 m328 m329
    m330 m331 m332 m333 m334 m335 m336 m337 m338 m339 m340 m341 m342 m343 m344 m345 m346 m347 m348 m349 m350 m351
    m352 m353 m354 m355 m356 m357 m358 m359 m360 m361 m362 m363 m364 m365 m366 m367 m368 m369 m370 m371 m372 m373
    m374 m375 m376 m377 m378 m379 m380 m381 m382 m383 m384 m385 m386 m387 m388 m389 m390 m391 m392 m393 m394 m395
    m396 m397
}

/// A union whose largest member is not in a box.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // So it is emitted.
enum Choice {
    Wide(Box<Wide>),
    Choices(Vec<Choice>),
    Large([Option<String>; 30]),
}

impl Decode for Choice {
    fn decode(json: &mut Reader<'_>) -> json::Result<Self> {
        json.union(|json, key| match key {
            "wide" => Decode::decode(json).map(Self::Wide),
            "choices" => Decode::decode(json).map(Self::Choices),
            _ => json.skip().map(|()| Self::Large([const { None }; 30])),
        })
    }
}

impl Encode for Choice {
    fn encode(&self, json: &mut Writer) {
        json.object(|json| match self {
            Self::Wide(value) => json.member("wide", value),
            Self::Choices(value) => json.member("choices", value),
            Self::Large(_) => json.member("large", &0),
        });
    }
}

/// Runs on a thread of 2 MiB, which every thread has that does not ask for another stack.
fn with_2_mib(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap();
}

/// A document of so many levels, from pieces that each open some.
fn nested(pieces: &[(&str, &str, usize)], levels: usize, innermost: &str) -> String {
    let (mut start, mut end, mut depth) = (String::new(), Vec::new(), 0);
    for (open, close, count) in pieces.iter().cycle() {
        if depth + count > levels {
            break;
        }
        start.push_str(open);
        end.push(*close);
        depth += count;
    }
    end.reverse();
    format!("{start}{innermost}{}", end.concat())
}

const INNER: (&str, &str, usize) = ("{\"m007\":\"x\",\"inner\":", "}", 1);
const LIST: (&str, &str, usize) = ("{\"list\":[", "]}", 2);
const MAP: (&str, &str, usize) = ("{\"map\":{\"k\":", "}}", 2);
const CHOICE: (&str, &str, usize) = ("{\"choice\":{\"wide\":", "}}", 2);
const UNKNOWN: (&str, &str, usize) = ("{\"unknown\":[{\"a\":[", "]}]}", 4);

#[test]
fn large_structures_have_the_same_nesting_limit() {
    with_2_mib(|| {
        for mix in [
            &[INNER][..],
            &[LIST],
            &[MAP],
            &[CHOICE],
            &[INNER, LIST, MAP, CHOICE],
        ] {
            let text = nested(mix, DEEPEST - 1, "{}");
            let read: Wide = json::from_slice(text.as_bytes())
                .unwrap_or_else(|error| panic!("{mix:?}: {error}"));
            let same: Wide = json::from_slice(&json::to_vec(&read)).unwrap();
            assert!(same == read, "{mix:?}");
        }
    });
}

/// A structure that holds another one by value, as those that are not recursive are emitted.
struct Level<T> {
    inner: Option<T>,
    own: [Option<String>; 40],
}

impl<T> Default for Level<T> {
    fn default() -> Self {
        Self {
            inner: None,
            own: [const { None }; 40],
        }
    }
}

impl<T: Decode> Decode for Level<T> {
    fn decode(json: &mut Reader<'_>) -> json::Result<Self> {
        let mut value = Self::default();
        json.structure(|json, key| match key {
            "inner" => json.member(&mut value.inner),
            "own" => json.member(&mut value.own[0]),
            _ => json.other(),
        })?;
        Ok(value)
    }
}

type FourLevels<T> = Level<Level<Level<Level<T>>>>;
type TwentyLevels = FourLevels<FourLevels<FourLevels<FourLevels<FourLevels<bool>>>>>;

/// The deepest structures of QuickSight's `DescribeDashboardDefinition` take 145 KB together, each
/// with what it holds.
#[test]
fn structures_that_hold_others_by_value_fit_on_the_stack() {
    assert!(size_of::<TwentyLevels>() > 19_000);
    with_2_mib(|| {
        let text = nested(&[("{\"own\":\"x\",\"inner\":", "}", 1)], 20, "true");
        let read: Box<TwentyLevels> = json::from_slice(text.as_bytes()).unwrap();
        assert_eq!(read.own[0].as_deref(), Some("x"));
        let innermost = read
            .inner
            .and_then(|it| it.inner)
            .and_then(|it| it.inner)
            .and_then(|it| it.inner);
        assert!(innermost.is_some());
    });
}

#[test]
fn nesting_does_not_overflow_the_stack() {
    with_2_mib(|| {
        let choices = ("{\"choices\":[", "]}", 2);
        for mix in [
            &[INNER][..],
            &[LIST],
            &[MAP],
            &[CHOICE],
            &[UNKNOWN],
            &[INNER, LIST, MAP, CHOICE],
        ] {
            for levels in [DEEPEST + 8, 100_000] {
                let error =
                    json::from_slice::<Wide>(nested(mix, levels, "{}").as_bytes()).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::TooDeep, "{mix:?}");
            }
        }
        let error =
            json::from_slice::<Choice>(nested(&[choices], 100_000, "").as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooDeep);
        let brackets = nested(&[("[{\"a\":", "}]", 2)], 100_000, "0");
        assert_eq!(
            json::from_slice::<Document>(brackets.as_bytes())
                .unwrap_err()
                .kind(),
            ErrorKind::TooDeep
        );
        assert_eq!(
            json::from_slice::<Vec<BigDecimal>>(b"[[")
                .unwrap_err()
                .kind(),
            ErrorKind::Expected {
                expected: "a number",
                found: "an array"
            }
        );
    });
}

/// What a level takes of the stack must not depend on where in it the reader is made.
#[test]
fn the_stack_of_the_caller_does_not_count() {
    fn below(frames: usize, text: &str) -> bool {
        let filled = std::hint::black_box([frames; 512]);
        let read = if frames == 0 {
            json::from_slice::<Document>(text.as_bytes()).is_ok()
        } else {
            below(frames - 1, text)
        };
        read && std::hint::black_box(filled)[0] == frames
    }
    with_2_mib(|| assert!(below(100, &nested(&[("[", "]", 1)], DEEPEST, ""))));
}

#[derive(Debug)]
struct Put(Wide);

impl FromResponse for Wide {
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        response.json()
    }
}

impl Operation for Put {
    const NAME: &'static str = "Put";
    const METHOD: Method = Method::POST;
    type Output = Wide;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Result<(), RequestError> {
        request.object(|json| json.member("wide", &self.0));
        Ok(())
    }
}

#[test]
fn requests_that_are_nested_too_deeply_are_errors() {
    with_2_mib(|| {
        let endpoint = Endpoint::new("https://example.com").unwrap();
        let mut wide = Wide::default();
        for levels in 2..=DEEPEST + 1 {
            let put = Put(wide);
            let request = put.to_request(&endpoint);
            match levels <= DEEPEST {
                true => assert!(request.is_ok(), "{levels}"),
                false => {
                    let error = request.unwrap_err();
                    assert_eq!(
                        (error.kind(), error.name()),
                        (RequestErrorKind::TooDeep, "inner")
                    );
                }
            }
            wide = Wide {
                inner: Some(Box::new(put.0)),
                ..Wide::default()
            };
        }
    });
}
