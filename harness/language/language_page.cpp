#include "harness/language/language_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/rules.hpp"
#include "harness/language/fields.hpp"
#include "harness/language/function.hpp"
#include "harness/language/given.hpp"
#include "harness/language/within.hpp"

namespace tongka::harness {
namespace {

/// What stands behind a key of this shape.
std::string_view form_of(Shape shape) {
    switch (shape) {
    case Shape::slug:
        return "`a-name`";
    case Shape::words:
        return "`{zh: …, en: …}`";
    case Shape::remark:
        return "a text, or `{zh: …, en: …}`";
    case Shape::requirements:
        return "`[304-PUR-001, …]`";
    case Shape::about:
        return "`304-PUR-001`, or a list";
    case Shape::text:
        return "a text";
    case Shape::device:
    case Shape::role:
        return "a role";
    case Shape::several_roles:
        return "`[role, …]`";
    case Shape::tear:
        return "`{after-write: 3}`, `{before-write: 3}`";
    case Shape::cut:
        return "`{device: card, command: \"8054\", after-write: 3}`";
    case Shape::lost:
        return "`{device: card, command: \"8054\"}`";
    case Shape::spoilt:
        return "`{device: card, command: \"8054\", from: 5, bytes: \"00\"}`";
    case Shape::action:
        return "an action ([actions.md](actions.md))";
    case Shape::arguments:
    case Shape::expectations:
    case Shape::results:
        return "as the action's table says";
    case Shape::tries:
        return "`{mac: 1}`";
    case Shape::expressions:
        return "`{name: expression}`";
    case Shape::slots:
        return "`{name: width}`, `{name: key}`";
    case Shape::names:
        return "`{new-name: returned-name}`";
    case Shape::rows:
        return "`[{name: expression}, …]`";
    case Shape::count:
        return "a number";
    case Shape::duration:
        return "`400 ms`, `1 s`, or a limit";
    case Shape::steps:
        return "a list of steps";
    }
    return "";
}

/// A bar would end the cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text)
        escaped += c == '|' ? std::string("\\|") : std::string(1, c);
    return escaped;
}

std::string table_of(std::span<const Field> fields) {
    std::string text = "\n| key | | form | meaning |\n| --- | --- | --- | --- |\n";
    for (const auto& field : fields)
        text += fmt::format("| `{}` | {} | {} | {} |\n", field.key, field.required ? "must" : "may",
                            form_of(field.shape), cell(field.meaning));
    return text;
}

std::string list_of(std::span<const std::string_view> names) {
    std::string text;
    for (const auto name : names)
        text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
    return text;
}

} // namespace

std::string language_page() {
    std::string text =
        "# The case language: a reference\n\nEvery key, name and function, made from the loader's own tables (`cmake "
        "--build BUILD --target refresh_schemas`). How they are used is told in [cases.md](cases.md).\n\n## A case\n";
    text += table_of(case_fields());
    text += "\n## A procedure\n" + table_of(procedure_fields()) + "\n## Steps\nThe first key says what a step does.\n";
    for (const auto& action : action_fields())
        text += fmt::format("\n### `{}`\n", action.fields.front().key) + table_of(action.fields);
    text += fmt::format("\n## Words\nRoles: {}. Tries (`spends`): {}. Limits of a profile (`within`): {}.\n",
                        list_of(role_names()), list_of(try_names()), list_of(limit_names()));
    text += "\n## Values that come with the run\n\n| name | bytes | meaning |\n| --- | --- | --- |\n";
    for (const auto& given : given_table())
        text += fmt::format("| `{}` | {} | {} |\n", given.name, given.width, cell(given.meaning));
    text +=
        "| `ixit.NAME` | any | a value of the declaration |\n\n## Functions\n\nBesides `a | b`, `a + b`, `a - b`:\n";
    for (const auto table : {byte_functions(), key_functions()})
        for (const auto& function : table)
            text += fmt::format("\n- `{}`", function.form);
    text +=
        "\n\n## Rules\n`rule(name)`, `by_rule(name, choice, a, b)` and `applies` know these (`tongka list rules` tells "
        "what they mean):\n\n| rule | choices, the default first |\n| --- | --- |\n";
    for (const auto& rule : core::rule_table())
        text += fmt::format("| `{}` | {} |\n", rule.name, cell(fmt::format("{}", fmt::join(rule.choices, ", "))));
    return text;
}

} // namespace tongka::harness
