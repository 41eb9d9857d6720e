#include "cli/archive/entry.hpp"

#include <algorithm>

#include "cli/archive/maker.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {
namespace {

/// The card where there is one: a run of a card may use a PSAM, which is then no more than a tool.
const reports::Device* device_under_test(const reports::Header& header) {
    for (const auto* role : {"card", "psam", "isam"})
        if (const auto found = std::ranges::find(header.devices, role, &reports::Device::role);
            found != header.devices.end())
            return &*found;
    return header.devices.empty() ? nullptr : &header.devices.front();
}

std::string usual_name(const reports::Device& device) {
    if (!device.asn.empty())
        return device.asn;
    return device.name.empty() ? device.spec : device.name;
}

} // namespace

core::Result<RunEntry> read_entry(const std::filesystem::path& record, const Sample& sample) {
    TONGKA_TRY(auto summary, reports::summarize(record));
    RunEntry entry{};
    entry.record = summary.state.last_sha256;
    std::error_code error;
    const auto whole = std::filesystem::absolute(record, error).lexically_normal();
    entry.folder = (error ? record : whole).parent_path().string();
    entry.sample = sample.name;
    entry.vendor = sample.vendor;
    entry.chip = sample.chip;
    if (const auto* device = device_under_test(summary.header)) {
        const auto maker = maker_of(device->atr);
        if (entry.sample.empty())
            entry.sample = usual_name(*device);
        if (entry.vendor.empty())
            entry.vendor = maker.vendor;
        if (entry.chip.empty())
            entry.chip = maker.chip;
    }
    entry.complete = summary.complete;
    entry.us = summary.us;
    entry.exchanges = summary.exchanges;
    entry.totals = summary.totals;
    for (const auto& one : summary.cases) {
        reports::Words reason;
        if (one.outcome != reports::Outcome::pass)
            reason = {reason_of(one, core::Language::zh), reason_of(one, core::Language::en)};
        entry.cases.push_back({one.id, one.outcome, std::move(reason), one.us, one.device_us, one.exchanges});
    }
    entry.header = std::move(summary.header);
    return entry;
}

} // namespace tongka::cli
