#include "reports/tests/sample.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"

namespace tongka::reports::test {
namespace {

constexpr const char* header =
    R"({"kind":"header","format":1,"tool":{"name":"tongka","version":"0"},"suite":{},"profile":{"name":"p"},"started":"2024-01-31T08:15:30Z"})";

}

std::filesystem::path sample_record() {
    return std::filesystem::path(TONGKA_SOURCE_DIR) / "reports/tests/sample.jsonl";
}

std::string make_record(const std::vector<std::string>& lines) {
    std::string record;
    std::string prev(64, '0');
    const auto add = [&](const std::string& line) {
        auto value = nlohmann::json::parse(line);
        value["prev"] = prev;
        const auto text = value.dump();
        prev = core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(text.data()), text.size()}));
        record += text + '\n';
    };
    add(header);
    for (const auto& line : lines)
        add(line);
    return record;
}

} // namespace tongka::reports::test
