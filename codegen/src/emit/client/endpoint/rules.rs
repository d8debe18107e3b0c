//! Rules: conditions and outcomes.

use crate::emit::client::endpoint::expr::{Scope, local};
use crate::graph::endpoint::expr::{Expr, Origin, Ref};
use crate::graph::endpoint::outcome::{Endpoint, Regions};
use crate::graph::endpoint::rules::{Condition, Outcome, Rule};
use crate::graph::endpoint::types::Base;
use crate::graph::endpoint::uses;
use proc_macro2::TokenStream;
use quote::quote;

/// The Rust form of a condition.
enum Test {
    If(TokenStream),
    /// A binding that always succeeds.
    Let(TokenStream),
}

/// Whether the code after a condition has a reference for which a predicate holds.
type Uses<'u> = &'u dyn Fn(&dyn Fn(&Ref) -> bool) -> bool;

impl Scope {
    /// Emits rules. The first one that matches decides. `last` is set if they end the function.
    pub(super) fn rules(&mut self, rules: &[Rule], last: bool) -> TokenStream {
        let mut lines = TokenStream::new();
        for rule in rules {
            let (line, always) = self.rule(rule, last);
            lines.extend(line);
            if always {
                return lines;
            }
        }
        lines.extend(result(quote!(params.no_rule()), last));
        lines
    }

    /// Emits a rule, and returns whether it always decides. Bindings before the first test and
    /// after the last one are separate statements.
    fn rule(&mut self, rule: &Rule, last: bool) -> (TokenStream, bool) {
        let mut tests = self.conditions(rule);
        let is_if = |test: &Test| matches!(test, Test::If(_));
        let after = tests.split_off(tests.iter().rposition(is_if).map_or(0, |index| index + 1));
        let between = tests.split_off(tests.iter().position(is_if).unwrap_or(0));
        let before = tests.iter().map(Test::line);
        let inside = after.iter().map(Test::line);
        if between.is_empty() {
            let outcome = self.outcome(&rule.outcome, last);
            return (quote!(#(#before)* #(#inside)* #outcome), true);
        }
        let between = between.iter().map(Test::operand);
        let outcome = self.outcome(&rule.outcome, false);
        (
            quote!(#(#before)* if #(#between)&&* { #(#inside)* #outcome }),
            false,
        )
    }

    fn conditions(&mut self, rule: &Rule) -> Vec<Test> {
        let mut tests = Vec::new();
        for (index, condition) in rule.conditions.iter().enumerate() {
            let rest = rule.conditions.get(index + 1..).unwrap_or_default();
            self.condition(
                condition,
                &|wanted| uses::in_rule(rest, &rule.outcome, wanted),
                &mut tests,
            );
        }
        tests
    }

    fn condition(&mut self, condition: &Condition, uses: Uses<'_>, tests: &mut Vec<Test>) {
        let Condition { expr, assign } = condition;
        let optional = self.is_optional(expr);
        let bool = expr.ty().base == Base::Bool;
        if let Some(variable) = assign
            && uses(&|used| used.origin == Origin::Variable && used.name == variable.name)
        {
            let value = self.value(expr);
            let name = self.variable(&variable.name, expr);
            tests.push(match optional {
                true => Test::If(quote!(let Some(#name) = #value)),
                false => Test::Let(quote!(let #name = #value)),
            });
            if bool {
                tests.push(Test::If(quote!(#name)));
            }
            return;
        }
        match expr {
            Expr::IsSet(inner) if !self.is_optional(inner) => {}
            Expr::IsSet(inner) => tests.push(Test::If(self.proved(inner, uses))),
            _ if optional && bool => {
                let value = self.value(expr);
                tests.push(Test::If(quote!(#value == Some(true))));
            }
            _ if optional => {
                let value = self.value(expr);
                tests.push(Test::If(quote!(#value.is_some())));
            }
            _ if bool => tests.push(Test::If(self.value(expr))),
            // The value is present.
            _ => {}
        }
    }

    /// After a test, a parameter that is set has a variable of its own name.
    fn proved(&self, expr: &Expr, uses: Uses<'_>) -> TokenStream {
        let value = self.value(expr);
        match expr {
            Expr::Ref(Ref {
                name,
                origin: Origin::Parameter,
                ..
            }) if uses(&|used| used.is_parameter(name) && !used.ty.optional) => {
                let name = local(name);
                quote!(let Some(#name) = #value)
            }
            _ => quote!(#value.is_some()),
        }
    }

    fn outcome(&mut self, outcome: &Outcome, last: bool) -> TokenStream {
        match outcome {
            Outcome::Tree(rules) => self.rules(rules, last),
            Outcome::Error(message) => {
                let message = self.value(message);
                result(quote!(params.rejected(#message)), last)
            }
            Outcome::Endpoint(endpoint) => result(self.endpoint(endpoint), last),
        }
    }

    fn endpoint(&self, endpoint: &Endpoint) -> TokenStream {
        let rt = &self.rt;
        let url = self.text(&endpoint.url);
        let mut more = TokenStream::new();
        if let Some((regions, signing)) = endpoint.signatures() {
            more.extend(match regions {
                Regions::One(region) => region.map(|region| {
                    let region = self.value(region);
                    quote!(.signing_region(#region))
                }),
                Regions::Set(regions) => {
                    let regions = regions.iter().map(|region| self.str(region));
                    Some(quote!(.signing_region_set([#(#regions),*])))
                }
            });
            more.extend(signing.name.as_ref().map(|name| {
                let name = self.value(name);
                quote!(.signing_name(#name))
            }));
            more.extend(
                signing
                    .disable_double_encoding
                    .then(|| quote!(.disable_double_encoding())),
            );
            more.extend(
                signing
                    .disable_normalize_path
                    .then(|| quote!(.disable_normalize_path())),
            );
        }
        for (name, values) in &endpoint.headers {
            for value in values {
                let (name, value) = (name.literal(), self.text(value));
                more.extend(quote!(.header(#name, #value)?));
            }
        }
        match more.is_empty() {
            true => quote!(#rt::endpoint::Resolved::new(#url)),
            false => quote!(Ok(#rt::endpoint::Resolved::new(#url)? #more)),
        }
    }
}

impl Test {
    fn line(&self) -> TokenStream {
        let (Self::If(test) | Self::Let(test)) = self;
        quote!(#test;)
    }

    fn operand(&self) -> &TokenStream {
        let (Self::If(test) | Self::Let(test)) = self;
        test
    }
}

/// A value that the function returns; `last` is set if it is the last expression.
fn result(value: TokenStream, last: bool) -> TokenStream {
    if last { value } else { quote!(return #value;) }
}
