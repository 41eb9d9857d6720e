#include "harness/plan/proforma_fields.hpp"

namespace tongka::harness {
namespace {

constexpr Field whole[] = {
    {"kind", Shape::text, true, "card, psam, isam, reader or terminal, as the file is called"},
    {"title", Shape::words, true, "What the proforma is for"},
    {"ics", Shape::rows, true, "What a device has or does: questions that are answered with yes or no"},
    {"ixit", Shape::rows, false, "Values of the device that cases need"},
    {"tries", Shape::rows, false, "Wrong tries that a sample can spare"},
    {"rules", Shape::rows, false, "What cannot be declared otherwise"},
};

constexpr Field item[] = {
    {"key", Shape::text, true, "The ICS key, as conditions name it: CAPP"},
    {"title", Shape::words, true, "What reasons and reports call it"},
    {"question", Shape::words, true, "What is asked"},
    {"status", Shape::text, true, "mandatory, optional, or conditional: asked only where `when` holds"},
    {"when", Shape::text, false, "Of a conditional one: a condition over ICS keys and rules"},
    {"references", Shape::requirements, false, "Requirements that hang on it"},
    {"probe", Shape::expressions, false, "How a device shows that it has it"},
};

constexpr Field value[] = {
    {"name", Shape::text, true, "As cases name it, behind `ixit.`"},
    {"title", Shape::words, true, "What it is called"},
    {"question", Shape::words, true, "What is asked"},
    {"width", Shape::text, true, "Its bytes: 6, or a range 1..16"},
    {"format", Shape::text, true, "hex, bcd (decimal digits), date (YYYYMMDD) or number (in hex)"},
    {"default", Shape::text, false, "Proposed to whoever fills it in"},
    {"needed-by", Shape::text, false, "A condition over ICS keys; without it, always needed"},
};

constexpr Field tries[] = {
    {"name", Shape::text, true, "As cases name it in `spends`"},
    {"title", Shape::words, true, "What it is called"},
    {"question", Shape::words, true, "What is asked"},
    {"default", Shape::text, true, "Proposed to whoever fills it in"},
};

constexpr Field rule[] = {
    {"if", Shape::text, true, "A condition over ICS keys"},
    {"then", Shape::text, true, "What holds as well"},
    {"because", Shape::words, true, "Why"},
};

constexpr Field probe[] = {
    {"after", Shape::several_roles, false, "Commands after the reset that lead there, each answered with 9000"},
    {"send", Shape::text, true, "A command that changes nothing and costs no try"},
    {"present", Shape::text, false, "Answers of a device that has it"},
    {"absent", Shape::text, false, "Answers of a device that does not"},
    {"when", Shape::text, false, "A condition over ICS keys and rules, else the answer tells nothing"},
};

constexpr Field declaration[] = {
    {"ics", Shape::expressions, true, "What the devices have and do: KEY: \"yes\" or \"no\""},
    {"ixit", Shape::expressions, false, "Values that cases need of them, in hex"},
    {"tries", Shape::expressions, false, "Wrong tries of each kind that a sample can spare"},
};

} // namespace

std::span<const Field> proforma_fields() {
    return whole;
}
std::span<const Field> item_fields() {
    return item;
}
std::span<const Field> value_fields() {
    return value;
}
std::span<const Field> tries_fields() {
    return tries;
}
std::span<const Field> rule_fields() {
    return rule;
}
std::span<const Field> probe_fields() {
    return probe;
}
std::span<const Field> declaration_fields() {
    return declaration;
}

} // namespace tongka::harness
