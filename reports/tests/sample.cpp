#include "reports/tests/sample.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <stdlib.h>

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

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

Folder::Folder() {
    auto name = (std::filesystem::temp_directory_path() / "tongka-reports-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw std::runtime_error("cannot make " + name);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(std::string_view name, std::string_view text) const {
    auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
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
