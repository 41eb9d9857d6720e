#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "harness/run/operator.hpp"

namespace tongka::harness {

namespace fs = std::filesystem;

core::Result<Attachment> attach(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return core::fail(fmt::format("the attachment {} is not there", file.string()));
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in)
        return core::fail(fmt::format("the attachment {} cannot be read", file.string()));
    const auto content = std::move(text).str();
    const core::BytesView bytes(reinterpret_cast<const core::Byte*>(content.data()), content.size());
    Attachment attachment{.name = {}, .sha256 = core::to_hex(core::sha256(bytes)), .bytes = content.size()};
    // Two files of one name do not collide, and one file that is attached twice lies there once.
    attachment.name = attachment.sha256.substr(0, 8) + "-" + file.filename().string();
    fs::create_directories(folder, error);
    std::ofstream out(folder / attachment.name, std::ios::binary);
    out << content << std::flush;
    if (!out)
        return core::fail(
            fmt::format("{}: cannot be written: {}", (folder / attachment.name).string(), std::strerror(errno)));
    return attachment;
}

} // namespace tongka::harness
