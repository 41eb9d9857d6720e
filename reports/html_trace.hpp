#pragma once

#include <map>
#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

#include "core/result.hpp"
#include "reports/decoded.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes the exchanges and actions of each case as compact JSON that the page draws when the case is opened: a page of
/// many thousand exchanges opens at once. Names of commands and fields, and the ways in which they follow each other,
/// are written once, at the end; how many there are depends on the dictionary, not on the length of the run.
class TraceWriter {
public:
    explicit TraceWriter(std::ostream& out) : out_(out) {}

    /// `index` names the case to the page.
    [[nodiscard]] core::Result<void> write_case(const Case& which, std::size_t index, RecordPieces& record);

    /// The same line by line: begin, the lines of the case, end. False for a line that the page does not show.
    void begin(std::size_t index);
    bool take(const RecordLine& line);
    void end();

    /// Call once, after the last case.
    void write_names();

private:
    [[nodiscard]] nlohmann::ordered_json item_of(const RecordLine& line);
    [[nodiscard]] nlohmann::ordered_json item_of(const Exchange& exchange);
    [[nodiscard]] static nlohmann::ordered_json item_of(const Action& action, bool asked);
    [[nodiscard]] std::size_t text_index(const Words& words);
    [[nodiscard]] std::size_t shape_index(const Decoded& decoded);

    std::ostream& out_;
    const char* between_ = "\n";
    std::map<std::pair<std::string, std::string>, std::size_t> text_indices_;
    nlohmann::json texts_ = nlohmann::json::array();
    std::map<std::string, std::size_t> shape_indices_;
    nlohmann::json shapes_ = nlohmann::json::array();
};

} // namespace tongka::reports
