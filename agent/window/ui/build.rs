//! Compiles the markup, with its font.

fn main() -> Result<(), slint_build::CompileError> {
    slint_build::compile_with_config("markup/main.slint", slint_build::CompilerConfiguration::new().with_style("fluent".into()))
}
