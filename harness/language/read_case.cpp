#include "harness/language/fields.hpp"
#include "harness/language/reader.hpp"
#include "harness/language/values.hpp"

namespace tongka::harness {

using core::Result;
using core::document::Node;

Result<Case> read_case(const Node& node, std::string standard) {
    TONGKA_CHECK(check_fields(node, case_fields(), "a case"));
    Case result{.id = {}, .standard = std::move(standard), .place = node.where()};
    TONGKA_TRY(result.id, read_slug(*find(node, "id"), "the id of a case"));
    TONGKA_TRY(result.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(result.covers, read_requirements(*find(node, "covers")));
    if (const auto* kept = find(node, "kept"))
        result.kept = kept->text;
    if (const auto* applies = find(node, "applies")) {
        TONGKA_TRY(result.applies, parse_condition(*applies, "applies"));
    }
    TONGKA_TRY(result.devices, read_devices(node, "a case"));
    if (const auto* destructive = find(node, "destructive")) {
        TONGKA_TRY(result.destructive, read_words(*destructive, "destructive", false));
    }
    if (const auto* spends = find(node, "spends")) {
        TONGKA_TRY(result.spends, read_spends(*spends));
    }
    if (const auto* vars = find(node, "vars")) {
        TONGKA_TRY(result.vars, read_bindings(*vars, "vars"));
    }
    const StepOwner owner{result.devices, &result.covers};
    if (const auto* setup = find(node, "setup")) {
        TONGKA_TRY(result.setup, read_steps(*setup, "setup", owner));
    }
    TONGKA_TRY(result.steps, read_steps(*find(node, "steps"), "steps", owner));
    if (const auto* cleanup = find(node, "cleanup")) {
        TONGKA_TRY(result.cleanup, read_steps(*cleanup, "cleanup", owner));
    }
    return result;
}

Result<Procedure> read_procedure(const Node& node) {
    TONGKA_CHECK(check_fields(node, procedure_fields(), "a procedure"));
    Procedure result{.name = {}, .place = node.where()};
    TONGKA_TRY(result.name, read_slug(*find(node, "procedure"), "the name of a procedure"));
    TONGKA_TRY(result.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(result.devices, read_devices(node, "a procedure"));
    if (const auto* params = find(node, "params")) {
        TONGKA_TRY(result.params, read_slots(*params, "params"));
    }
    if (const auto* returns = find(node, "returns")) {
        TONGKA_TRY(result.returns, read_slots(*returns, "returns"));
    }
    TONGKA_TRY(result.steps, read_steps(*find(node, "steps"), "steps", {result.devices}));
    return result;
}

} // namespace tongka::harness
