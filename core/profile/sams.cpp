#include "core/profile/sams.hpp"

#include <algorithm>

#include "core/document/mapping.hpp"
#include "core/profile/fields.hpp"
#include "core/profile/keys.hpp"

namespace tongka::core {
namespace {

using document::Mapping;
using document::Node;

/// A field of fixed width; `otherwise` where the key is absent.
template <std::size_t size>
Result<void> read_optional(Mapping& fields, std::string_view key, std::array<Byte, size>& to,
                           const std::array<Byte, size>& otherwise) {
    to = otherwise;
    if (const Node* node = fields.optional(key)) {
        TONGKA_TRY(auto bytes, read_bytes(*node, key, size, size));
        std::ranges::copy(bytes, to.begin());
    }
    return {};
}

Result<void> read_sam(Mapping& fields, SamProfile& sam) {
    TONGKA_CHECK(read_bytes(fields, "serial", sam.serial));
    TONGKA_CHECK(read_bytes(fields, "terminal", sam.terminal));
    TONGKA_CHECK(read_optional(fields, "issuer", sam.issuer, {0, 0, 0, 0, 0, 0, 0, 1}));
    TONGKA_CHECK(read_optional(fields, "receiver", sam.receiver, {0, 0, 0, 0, 0, 0, 0, 1}));
    TONGKA_CHECK(read_optional(fields, "start_date", sam.start_date, {0x20, 0x26, 0x01, 0x01}));
    TONGKA_CHECK(read_optional(fields, "expiry_date", sam.expiry_date, {0x20, 0x36, 0x12, 0x31}));
    TONGKA_TRY(const Node* keys, fields.required("keys"));
    TONGKA_TRY(sam.keys, read_keys(*keys, KeyForm::sam));
    TONGKA_TRY(sam.random, read_random(fields.optional("random")));
    return {};
}

} // namespace

Result<PsamProfile> read_psam(const Node& node) {
    PsamProfile psam;
    TONGKA_TRY(auto fields, Mapping::of(node, "psam"));
    TONGKA_CHECK(read_sam(fields, psam));
    TONGKA_TRY(psam.counter, read_number(fields, "terminal_counter", 0xFFFFFFFF));
    const auto purchase = std::ranges::find(psam.keys, "DPK", &NamedKey::kind);
    std::array<Byte, 1> index{purchase == psam.keys.end() ? Byte{0} : purchase->index};
    TONGKA_CHECK(read_optional(fields, "purchase_index", index, index));
    psam.purchase_index = index[0];
    TONGKA_TRY(psam.mac2_tries, read_number(fields, "mac2_tries", 15, psam.mac2_tries));
    if (const Node* codes = fields.optional("accepted_codes")) {
        TONGKA_TRY(const auto* items, codes->as_list("accepted_codes"));
        for (const Node& item : *items) {
            TONGKA_TRY(auto code, read_bytes(item, "an accepted code", 1, 9));
            psam.accepted_codes.push_back(std::move(code));
        }
    }
    TONGKA_CHECK(fields.finish());
    return psam;
}

Result<IsamProfile> read_isam(const Node& node) {
    IsamProfile isam;
    TONGKA_TRY(auto fields, Mapping::of(node, "isam"));
    TONGKA_CHECK(read_sam(fields, isam));
    TONGKA_TRY(isam.counter, read_number(fields, "load_counter", 0xFFFFFFFF));
    TONGKA_CHECK(fields.finish());
    return isam;
}

} // namespace tongka::core
