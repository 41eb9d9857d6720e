#include <nlohmann/json.hpp>

#include "cli/compare_output.hpp"

namespace tongka::cli {
namespace {

using json = nlohmann::ordered_json;
using reports::Outcome;

json to_json(const reports::Words& words) {
    return {{"zh", words.zh}, {"en", words.en}};
}

json to_json(const ComparedRun& run) {
    const auto& summary = run.summary;
    json totals = json::object();
    for (std::size_t i = 0; i < reports::outcome_count; ++i)
        totals[std::string(name_of(static_cast<Outcome>(i)))] = summary.totals[static_cast<Outcome>(i)];
    return {{"name", run.name},
            {"last_sha256", summary.state.last_sha256},
            {"started", summary.header.started},
            {"complete", summary.complete},
            {"cases", summary.cases.size()},
            {"exchanges", summary.exchanges},
            {"us", summary.us},
            {"totals", totals}};
}

json to_json(const reports::Outline& outline) {
    return {{"device", outline.device},
            {"phase", outline.phase},
            {"step", outline.step},
            {"command", outline.command},
            {"status", outline.status}};
}

json to_json(const reports::Difference& difference) {
    json value = {{"number", difference.number}};
    if (difference.before)
        value["before"] = to_json(*difference.before);
    if (difference.after)
        value["after"] = to_json(*difference.after);
    return value;
}

/// The message of the first check that did not hold, where the verdict itself gives no reason.
reports::Words why(const reports::Case& which) {
    return which.reason.empty() && !which.failures.empty() ? which.failures.front().check.message : which.reason;
}

json changed(const Compared& compared, reports::Change change) {
    auto list = json::array();
    for (const auto& pair : compared.comparison.pairs) {
        if (pair.change != change)
            continue;
        json value = {{"id", pair.after->id},
                      {"title", to_json(pair.after->title)},
                      {"before", name_of(pair.before->outcome)},
                      {"after", name_of(pair.after->outcome)},
                      {"reason", {{"before", to_json(why(*pair.before))}, {"after", to_json(why(*pair.after))}}}};
        if (pair.difference)
            value["difference"] = to_json(*pair.difference);
        list.push_back(std::move(value));
    }
    return list;
}

json of_one_run(const std::vector<const reports::Case*>& cases) {
    auto list = json::array();
    for (const auto* one : cases)
        list.push_back({{"id", one->id},
                        {"title", to_json(one->title)},
                        {"verdict", name_of(one->outcome)},
                        {"reason", to_json(why(*one))}});
    return list;
}

json timed(const std::vector<const reports::CasePair*>& pairs) {
    auto list = json::array();
    for (const auto* pair : pairs)
        list.push_back(
            {{"id", pair->after->id}, {"before_us", pair->before->device_us}, {"after_us", pair->after->device_us}});
    return list;
}

} // namespace

std::string compared_as_json(const Compared& compared) {
    using reports::Change;
    const auto& comparison = compared.comparison;
    json value = {{"format", 1}, {"before", to_json(compared.before)}, {"after", to_json(compared.after)}};
    value["worse"] = changed(compared, Change::worse);
    value["other"] = changed(compared, Change::other);
    value["better"] = changed(compared, Change::better);
    value["added"] = of_one_run(comparison.added);
    value["gone"] = of_one_run(comparison.gone);
    value["set_up"] = json::array();
    for (const auto& change : compared.set_up)
        value["set_up"].push_back({{"what", change.what}, {"before", change.before}, {"after", change.after}});
    std::size_t same = 0;
    value["exchanges"] = json::array();
    for (const auto& pair : comparison.pairs) {
        if (pair.change != Change::same)
            continue;
        ++same;
        if (pair.difference)
            value["exchanges"].push_back({{"id", pair.after->id}, {"difference", to_json(*pair.difference)}});
    }
    value["slower"] = timed(compared.times.slower);
    value["faster"] = timed(compared.times.faster);
    value["same"] = same;
    value["unreached"] = comparison.unreached;
    return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace tongka::cli
