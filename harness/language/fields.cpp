#include "harness/language/fields.hpp"

#include "harness/device/device.hpp"

namespace tongka::harness {
namespace {

constexpr Field of_cases[] = {
    {"id", Shape::slug, true, "Unique in its standard's folder, for good"},
    {"title", Shape::words, true, "What is tested"},
    {"covers", Shape::requirements, true, "Requirements of the catalogue"},
    {"kept", Shape::text, false, "Why it is kept though it catches none of the deviations (tongka deviations)"},
    {"applies", Shape::text, false, "Condition over ICS keys and rules: EP and rule(log-counter) == before"},
    {"device", Shape::role, false, "Where steps go that name no other"},
    {"devices", Shape::several_roles, false,
     "In place of device, for a case that talks to both; the first is the default"},
    {"destructive", Shape::words, false, "What it does to a device for good; such cases come last, on samples offered"},
    {"spends", Shape::tries, false, "Tries that a real card may not have to spare"},
    {"vars", Shape::expressions, false, "Values, in order, when the case starts"},
    {"setup", Shape::steps, false, "What must be so before; where it fails, the case is inconclusive"},
    {"steps", Shape::steps, true, "What is tested"},
    {"cleanup", Shape::steps, false, "Always run; sees vars and what setup bound"},
};

constexpr Field of_procedures[] = {
    {"procedure", Shape::slug, true, "The name it is called by"},
    {"title", Shape::words, true, "What it does"},
    {"device", Shape::role, false, "Where steps go that name no other"},
    {"devices", Shape::several_roles, false,
     "In place of device, for one that talks to both; the first is the default"},
    {"params", Shape::slots, false, "What it takes: name: width in bytes, or key"},
    {"returns", Shape::slots, false, "What it gives back, by the names its steps bind: name: width in bytes, or key"},
    {"steps", Shape::steps, true, "What it does"},
};

constexpr Field send{"send", Shape::text, true, "An APDU: CLA INS P1 P2 [data] Le; Lc is computed"};
constexpr Field send_raw{"send-raw", Shape::text, true, "Bytes as they are, without T=0 handling"};
constexpr Field let{"let", Shape::expressions, true, "Binds new names, in order"};
constexpr Field check{"check", Shape::text, true, "Compares two values: == != < <= > >="};
constexpr Field call{"call", Shape::slug, true, "Runs a procedure"};
constexpr Field reset{"reset", Shape::role, true, "Resets a device; a terminal or host is switched off and on"};
constexpr Field to{"to", Shape::device, false, "The device, where it is not the default"};
constexpr Field expect{"expect", Shape::text, false, "What the answer must be: 9000 {x:n} {=expression:n} xx *"};
constexpr Field because{"because", Shape::remark, false, "Why this is expected"};
constexpr Field requirement{"requirement", Shape::about, false, "What its checks are about, of those in covers"};
constexpr Field when{"when", Shape::text, false, "A comparison; the step is passed over unless it holds"};
constexpr Field with{"with", Shape::expressions, false, "The procedure's parameters"};
constexpr Field gives{"gives", Shape::names, false,
                      "What is bound of what the procedure returns: new-name: returned-name"};

constexpr Field tear{"tear", Shape::tear, false,
                     "The device loses power at its n-th memory write; the answer is lost, then it has power again"};
constexpr Field within{"within", Shape::duration, false,
                       "How long its exchanges may take together, the reader's share apart: 400 ms, or a limit's name"};
constexpr Field manual{"manual", Shape::words, true, "Asks an operator to do something, or whether something is so"};
constexpr Field steps{"steps", Shape::steps, true, "Steps that belong together, under one when, for-each or repeat"};
constexpr Field for_each{"for-each", Shape::rows, false, "A table: the step is done once for each row, with its names"};
constexpr Field repeat{"repeat", Shape::count, false, "How often the step is done; round counts from 01"};

constexpr Field act{"do", Shape::action, true, "Asks a terminal, a file, a host or a reader under test to do something"};
constexpr Field to_actor{"to", Shape::role, false, "Who does it, where it is not the first of those"};
constexpr Field arguments{"with", Shape::arguments, false, "The action's parameters"};
constexpr Field expectations{"expect", Shape::expectations, false, "What its results must be"};
constexpr Field results{"gives", Shape::results, false, "What is bound of its results: new-name: result"};
constexpr Field cut{"tear", Shape::cut, false,
                    "The device loses power at its n-th memory write during the first such command, and stays away"};
constexpr Field lose{"lose", Shape::lost, false,
                     "The device's answer to the first such command is lost, and it stays away"};
constexpr Field spoil{"spoil", Shape::spoilt, false,
                      "The device's answer to the first such command has other bytes from the n-th on, or is another"};

constexpr std::string_view role_words[] = {"card", "psam", "isam", "terminal", "file", "host", "reader"};
constexpr std::string_view tears[] = {"after-write", "before-write"};
/// Each has an error counter of its own: transactions, PIN, PSAM; then (key headers of standards.md 3.5) keys of
/// maintenance, PIN unblock and reload, external authentication; the log-in of an ISAM and its maintenance key.
constexpr std::string_view tries[] = {"mac",    "pin",      "psam-mac",      "maintenance",     "unblock",
                                      "reload", "external", "isam-external", "isam-maintenance"};

} // namespace

std::span<const Field> case_fields() {
    return of_cases;
}
std::span<const Field> procedure_fields() {
    return of_procedures;
}
std::span<const std::string_view> device_names() {
    return std::span(role_words).first(std::size(device_roles));
}
std::span<const std::string_view> role_names() {
    return role_words;
}
std::span<const std::string_view> try_names() {
    return tries;
}
std::span<const std::string_view> tear_names() {
    return tears;
}

std::span<const ActionFields> action_fields() {
    static const ActionFields actions[] = {
        {ActionKind::send, {send, to, expect, tear, within, because, requirement, when, for_each, repeat}},
        {ActionKind::send_raw, {send_raw, to, expect, within, because, requirement, when, for_each, repeat}},
        {ActionKind::let, {let, when}},
        {ActionKind::check, {check, because, requirement, when, for_each, repeat}},
        {ActionKind::call, {call, with, gives, within, because, requirement, when, for_each, repeat}},
        {ActionKind::reset, {reset, when}},
        {ActionKind::act,
         {act, to_actor, arguments, expectations, results, cut, lose, spoil, because, requirement, when, for_each,
          repeat}},
        {ActionKind::manual, {manual, because, requirement, when, for_each, repeat}},
        {ActionKind::steps, {steps, within, because, requirement, when, for_each, repeat}},
    };
    return actions;
}

const core::document::Node* find(const core::document::Node& mapping, std::string_view key) {
    for (const auto& entry : mapping.entries)
        if (entry.key.text == key)
            return &entry.value;
    return nullptr;
}

} // namespace tongka::harness
