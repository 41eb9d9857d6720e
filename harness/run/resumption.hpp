#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/devices.hpp"
#include "harness/run/record_writer.hpp"
#include "harness/run/trace.hpp"

namespace tongka::harness {

/// What the record of a run that was cut off says: where it goes on.
struct Resumption {
    std::vector<nlohmann::json> head;                       ///< the lines before the first case, without `prev`
    std::map<std::string, CaseResult, std::less<>> ended{}; ///< by id of the case: verdict and observation
    std::string under_way{};                                ///< id of the case that was cut off; empty for none
    std::uint64_t at = 0;                                   ///< microseconds: the last time that was recorded
    std::uint64_t lost = 0;                                 ///< bytes of a line that was cut off
};

/// Holds the head of this run against that of a record, line by line, and appends what the record lacks of it.
class HeadAgain {
public:
    HeadAgain(RecordWriter& record, const Resumption& resumed) : record_(record), resumed_(resumed) {}
    void take(const Json& line);
    /// An Error that names the first difference: this is another run then. Machine, time and reader may differ.
    [[nodiscard]] core::Result<void> finish() const;

private:
    RecordWriter& record_;
    const Resumption& resumed_;
    std::size_t lines_ = 0;
    std::string difference_;
};

/// Why a case that was cut off must not be begun again on these devices; nullopt where it may. On a device that was new
/// for this run nothing of the first try is left; on any other a case may be repeated that undoes nothing at its end,
/// spends no tries and destroys nothing. A case that is a program may undo anything.
[[nodiscard]] std::optional<Words> why_not_again(const Case& test_case, const Devices& devices);

} // namespace tongka::harness
