#include "evidence/package/record_chain.hpp"

#include <fmt/format.h>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"

namespace tongka::evidence {

core::Result<void> check_record_chain(core::BytesView record) {
    std::string_view left(reinterpret_cast<const char*>(record.data()), record.size());
    core::Sha256 hash;
    std::string expected = "\"prev\":\"" + std::string(64, '0') + "\"";
    for (std::size_t number = 1; !left.empty(); ++number) {
        const auto feed = left.find('\n');
        if (feed == std::string_view::npos)
            return core::fail(fmt::format("line {}: the record is cut off", number));
        const auto line = left.substr(0, feed);
        // Within a text of JSON the quotes would be escaped: what is found is the member. Our own writer has it last.
        if (line.rfind(expected) == std::string_view::npos)
            return core::fail(number == 1 ? std::string("line 1: is not the first line of a record")
                                          : fmt::format("line {}: was altered, or what follows it was", number - 1));
        hash.update({reinterpret_cast<const core::Byte*>(line.data()), line.size()});
        expected.replace(8, 64, core::to_hex(hash.finish()));
        left.remove_prefix(feed + 1);
    }
    return {};
}

} // namespace tongka::evidence
