//! Showing problems with the lines they are about.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::problem::{Problem, Severity, Sources, shown_path};

/// Shows the problems, each with its line, in the manner of rustc.
pub fn render(problems: &[Problem], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems {
        out.push_str(&renderer.render(&[group(problem, sources)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(problem: &'a Problem, sources: &'a Sources) -> Group<'a> {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&problem.message).id(problem.code.id());
    let path = shown_path(&problem.file);
    let place = problem.span.clone().zip(sources.get(&problem.file));
    let group = match place {
        Some((span, text)) => title.element(Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(span))),
        None => title.element(Origin::path(path)),
    };
    group.element(Level::HELP.message(&problem.help))
}
