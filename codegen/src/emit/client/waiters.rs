//! Waiters: a method of the operation's builder for each waiter.

use crate::emit::client::jmespath;
use crate::emit::types::states::States;
use crate::graph::jmespath::{Expr, Kind};
use crate::graph::service::Operation;
use crate::graph::waiters::{Acceptor, Expected, Matcher, State, WaitedResult, Waiter};
use crate::print::imports::{Imports, ident};
use crate::text::Text;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A constant for each waiter, and a method of the builder that waits. Empty if the operation has
/// no waiters.
pub(crate) fn of(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    if operation.waiters.is_empty() {
        return None;
    }
    let name = ident(&operation.name.rust);
    let constants: Vec<TokenStream> = operation
        .waiters
        .iter()
        .map(|waiter| constant(waiter, imports))
        .collect();
    let states = States::of(&operation.input);
    let methods: Vec<TokenStream> = operation
        .waiters
        .iter()
        .map(|waiter| method(waiter, operation, &states, imports))
        .collect();
    let parameters = states.parameters();
    let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    Some(quote! {
        impl #name {
            #(#constants)*
        }

        #[cfg(feature = "client")]
        impl #generics Builder<crate::Client, #states> {
            #(#methods)*
        }
    })
}

/// The sentence about the waiters in the documentation of the operation.
pub(crate) fn sentence(operation: &Operation) -> Option<Markdown> {
    let methods = operation
        .waiters
        .iter()
        .map(|waiter| markdown!("`{}`", name(&waiter.method)));
    let methods: Vec<Markdown> = methods.collect();
    (!methods.is_empty()).then(|| {
        markdown!(
            "The builder has waiters: {}.",
            Markdown::join(&methods, ", ")
        )
    })
}

/// The constant of a waiter.
fn constant(waiter: &Waiter, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let (title, constant) = (&waiter.name, ident(&waiter.constant));
    let docs = imports.comment([markdown!(
        "The waiter `{}`, for the builder's `{}`.",
        name(title),
        name(&waiter.method)
    )]);
    let [min, max] = [waiter.min_delay, waiter.max_delay].map(Literal::u32_unsuffixed);
    let (of_output, of_error): (Vec<&Acceptor>, Vec<&Acceptor>) = waiter
        .acceptors
        .iter()
        .partition(|acceptor| acceptor.matcher.is_of_output());
    let (on_output, on_error) = (on_output(&of_output, &rt), on_error(&of_error, &rt));
    quote! {
        #docs
        pub const #constant: #rt::Waiter<Self> = #rt::Waiter {
            name: #title,
            min_delay: #min,
            max_delay: #max,
            on_output: #on_output,
            on_error: #on_error,
        };
    }
}

/// The method that waits.
fn method(
    waiter: &Waiter,
    operation: &Operation,
    states: &States,
    imports: &mut Imports,
) -> TokenStream {
    let rt = imports.rt();
    let docs = imports.comment(documentation(waiter));
    let deprecated = waiter.deprecated.then(|| quote!(#[deprecated]));
    let (method, constant) = (ident(&waiter.method), ident(&waiter.constant));
    let (input, output) = (
        ident(&operation.name.rust),
        ident(&operation.output.name.rust),
    );
    let (reached, wait) = match waiter.waited_result() {
        WaitedResult::Output => (quote!(#output), quote!(wait_for_output)),
        WaitedResult::Error => (quote!(crate::Error), quote!(wait_for_error)),
        WaitedResult::Either => (
            quote!(Result<#output, crate::Error>),
            quote!(wait_for_either),
        ),
    };
    let states = states.parameters();
    let complete = (!states.is_empty()).then(|| quote!(where #(#states: #rt::build::IsSet),*));
    quote! {
        #docs
        #deprecated
        pub fn #method(self, max_wait: std::time::Duration) -> #rt::client::Reply<#reached, #rt::WaitError<#input>>
        #complete
        {
            #rt::client::#wait(self.via, self.value, #input::#constant, max_wait)
        }
    }
}

fn documentation(waiter: &Waiter) -> Vec<Markdown> {
    let mut lines = if waiter.docs.is_empty() {
        vec![markdown!(
            "Polls until the waiter `{}` succeeds or fails.",
            name(&waiter.name)
        )]
    } else {
        waiter.docs.lines().to_vec()
    };
    let result = match waiter.waited_result() {
        WaitedResult::Output => "output",
        WaitedResult::Error => "error",
        WaitedResult::Either => "output or error",
    };
    lines.extend([
        Markdown::default(),
        markdown!(
            "Sends the request every {} to {} seconds, for at most `max_wait`. Returns the {} on which",
            waiter.min_delay,
            waiter.max_delay,
            result
        ),
        "the waiter succeeds.".into(),
        Markdown::default(),
        "# Errors".into(),
        Markdown::default(),
        "The waiter failed, a call failed with an error that the waiter does not expect, or `max_wait`"
            .into(),
        "elapsed.".into(),
    ]);
    lines
}

/// The closure that reads an output.
fn on_output(acceptors: &[&Acceptor], rt: &TokenStream) -> TokenStream {
    let mut rules = Vec::new();
    let mut last = quote!(None);
    let mut rest = acceptors;
    while let Some((first, others)) = rest.split_first() {
        match &first.matcher {
            Matcher::Path {
                value,
                expected: Expected::String(_),
                ..
            } => {
                let (same, others) =
                    rest.split_at(rest.iter().take_while(|next| is_of(next, value)).count());
                rest = others;
                match (strings(same), rest) {
                    (arms, []) => last = choice(value, &arms, rt),
                    (arms, _) => rules.extend(
                        arms.iter()
                            .map(|(state, texts)| rule(&is_one_of(value, texts), *state, rt)),
                    ),
                }
            }
            Matcher::Path {
                value, expected, ..
            } => {
                rules.push(rule(&matches(value, expected, rt), first.state, rt));
                rest = others;
            }
            Matcher::Success(_) | Matcher::ErrorType(_) => {
                let state = state(first.state, rt);
                last = quote!(Some(#state));
                break;
            }
        }
    }
    let reached = acceptors
        .get(..acceptors.len() - rest.len())
        .unwrap_or_default();
    let [input, output] = ["input", "output"].map(|name| {
        if refers_to(reached, name) {
            ident(name)
        } else {
            ident("_")
        }
    });
    if rules.is_empty() {
        quote!(|#input, #output| #last)
    } else {
        quote!(|#input, #output| { #(#rules)* #last })
    }
}

/// The strings with the same state, in the order of the acceptors. The first one of equal strings
/// counts.
fn strings<'w>(acceptors: &[&'w Acceptor]) -> Vec<(State, Vec<&'w Text>)> {
    let mut arms: Vec<(State, Vec<&Text>)> = Vec::new();
    for acceptor in acceptors {
        let Matcher::Path {
            expected: Expected::String(text),
            ..
        } = &acceptor.matcher
        else {
            continue;
        };
        if arms.iter().any(|(_, texts)| texts.contains(&text)) {
            continue;
        }
        match arms.iter_mut().find(|(state, _)| *state == acceptor.state) {
            Some((_, texts)) => texts.push(text),
            None => arms.push((acceptor.state, vec![text])),
        }
    }
    arms
}

/// Whether the acceptor compares this value with a string.
fn is_of(acceptor: &Acceptor, with: &Expr) -> bool {
    matches!(&acceptor.matcher, Matcher::Path { value, expected: Expected::String(_), .. } if **value == *with)
}

/// The state for a string.
fn choice(value: &Expr, arms: &[(State, Vec<&Text>)], rt: &TokenStream) -> TokenStream {
    let arms = arms.iter().map(|(state, texts)| {
        let (pattern, state) = (pattern(value, texts), self::state(*state, rt));
        quote!(#pattern => Some(#state),)
    });
    let value = jmespath::value::value(value);
    quote!(match #value { #(#arms)* _ => None })
}

fn rule(condition: &TokenStream, state: State, rt: &TokenStream) -> TokenStream {
    let state = self::state(state, rt);
    quote!(if #condition { return Some(#state); })
}

/// Whether the value is one of these strings.
fn is_one_of(value: &Expr, texts: &[&Text]) -> TokenStream {
    let (pattern, value) = (pattern(value, texts), jmespath::value::value(value));
    match texts {
        [_] => quote!(#value == #pattern),
        _ => quote!(matches!(#value, #pattern)),
    }
}

fn pattern(value: &Expr, texts: &[&Text]) -> TokenStream {
    let texts = texts.iter().map(|text| text.literal());
    if value.nullable {
        quote!(Some(#(#texts)|*))
    } else {
        quote!(#(#texts)|*)
    }
}

/// Whether a value matches a matcher.
fn matches(value: &Expr, expected: &Expected, rt: &TokenStream) -> TokenStream {
    match expected {
        Expected::String(text) => {
            let (value, pattern) = (jmespath::value::value(value), pattern(value, &[text]));
            quote!(#value == #pattern)
        }
        Expected::Boolean(false) if value.nullable => {
            let value = jmespath::value::value(value);
            quote!(#value == Some(false))
        }
        Expected::Boolean(wanted) => jmespath::condition::condition(value, *wanted),
        Expected::AllStrings(text) => {
            let (items, text) = (jmespath::items::items(value), text.literal());
            quote!(#rt::waiters::all_equal(#items, #text))
        }
        Expected::AnyString(text) => {
            let (items, text) = (jmespath::items::items(value), text.literal());
            quote!(#items.any(|it| it == #text))
        }
    }
}

/// Whether one of the expressions refers to the input, or to the output.
fn refers_to(acceptors: &[&Acceptor], name: &str) -> bool {
    acceptors.iter().any(|acceptor| match &acceptor.matcher {
        Matcher::Path { value, .. } => value.any(&|kind| match kind {
            Kind::Input => name == "input",
            Kind::Output => name == "output",
            _ => false,
        }),
        Matcher::Success(_) | Matcher::ErrorType(_) => false,
    })
}

/// The closure that reads the code of an error.
fn on_error(acceptors: &[&Acceptor], rt: &TokenStream) -> TokenStream {
    let mut arms: Vec<TokenStream> = Vec::new();
    let mut last = quote!(None);
    let mut names: Vec<&Text> = Vec::new();
    for acceptor in acceptors {
        let state = state(acceptor.state, rt);
        match &acceptor.matcher {
            Matcher::ErrorType(name) if names.contains(&name) => {}
            Matcher::ErrorType(name) => {
                let code = name.literal();
                arms.push(quote!(Some(#code) => Some(#state),));
                names.push(name);
            }
            Matcher::Path { .. } | Matcher::Success(_) => {
                last = quote!(Some(#state));
                break;
            }
        }
    }
    if arms.is_empty() {
        quote!(|_| #last)
    } else {
        quote!(|code| match code { #(#arms)* _ => #last })
    }
}

fn state(state: State, rt: &TokenStream) -> TokenStream {
    let state = match state {
        State::Success => quote!(Success),
        State::Failure => quote!(Failure),
        State::Retry => quote!(Retry),
    };
    quote!(#rt::AcceptorState::#state)
}
