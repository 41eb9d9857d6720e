#include "core/keys/sealed_file.hpp"

#include <botan/aead.h>
#include <botan/exceptn.h>
#include <botan/pwdhash.h>
#include <fmt/format.h>

namespace tongka::core {
namespace {

constexpr std::array<Byte, 8> magic{'T', 'o', 'n', 'g', 'k', 'a', 0x0D, 0x0A};
constexpr Byte format_version = 1;
constexpr std::size_t salt_size = 16;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t header_size = 8 + 1 + 1 + 4 + 4 + 1 + salt_size + nonce_size + 4;
/// No file of ours asks for more, and a header that was altered must not take all memory or the whole day.
constexpr StretchCost highest_cost{.memory = 256 * 1024, .passes = 16, .lanes = 16};

struct Header {
    SealedContent content;
    StretchCost cost;
    std::array<Byte, salt_size> salt;
    std::array<Byte, nonce_size> nonce;
    std::uint32_t sealed_size; ///< content and tag
};

Bytes to_bytes(const Header& header) {
    return concatenate({magic, Bytes{format_version, static_cast<Byte>(header.content)},
                        big_endian(header.cost.memory, 4), big_endian(header.cost.passes, 4), Bytes{header.cost.lanes},
                        header.salt, header.nonce, big_endian(header.sealed_size, 4)});
}

std::string_view name(SealedContent content) {
    return content == SealedContent::keys ? "keys" : "components of keys";
}

Result<Header> read_header(BytesView file, SealedContent wanted) {
    if (file.empty())
        return fail("is empty");
    if (!equal(file.first(std::min(file.size(), magic.size())),
               BytesView(magic).first(std::min(file.size(), magic.size()))))
        return fail("is no key file");
    if (file.size() < header_size)
        return fail(fmt::format("is cut off: {} of {} bytes or more", file.size(), header_size + tag_size));
    auto rest = file.subspan(magic.size());
    const auto take = [&](std::size_t count) {
        const auto part = rest.first(count);
        rest = rest.subspan(count);
        return part;
    };
    if (const auto version = take(1).front(); version != format_version)
        return fail(fmt::format("is of format {}; this program knows format {}", version, format_version));
    Header header{};
    header.content = static_cast<SealedContent>(take(1).front());
    if (header.content != SealedContent::keys && header.content != SealedContent::components)
        return fail("is damaged: it says to hold neither keys nor components");
    if (header.content != wanted)
        return fail(fmt::format("holds {}, not {}", name(header.content), name(wanted)));
    header.cost.memory = static_cast<std::uint32_t>(read_big_endian(take(4)));
    header.cost.passes = static_cast<std::uint32_t>(read_big_endian(take(4)));
    header.cost.lanes = take(1).front();
    const auto& cost = header.cost;
    if (cost.lanes == 0 || cost.lanes > highest_cost.lanes || cost.passes == 0 || cost.passes > highest_cost.passes ||
        cost.memory < 8u * cost.lanes || cost.memory > highest_cost.memory)
        return fail(fmt::format("is damaged: no file is stretched with {} KiB, {} passes and {} lanes", cost.memory,
                                cost.passes, cost.lanes));
    std::ranges::copy(take(salt_size), header.salt.begin());
    std::ranges::copy(take(nonce_size), header.nonce.begin());
    header.sealed_size = static_cast<std::uint32_t>(read_big_endian(take(4)));
    const std::uint64_t whole = header_size + std::uint64_t{header.sealed_size};
    if (header.sealed_size < tag_size)
        return fail("is damaged: its content is shorter than its tag");
    if (file.size() < whole)
        return fail(fmt::format("is cut off: {} of {} bytes", file.size(), whole));
    if (file.size() > whole)
        return fail(fmt::format("has {} bytes after its end", file.size() - whole));
    return header;
}

std::unique_ptr<Botan::AEAD_Mode> cipher(Botan::Cipher_Dir direction, const SecretBytes& key, const Header& header) {
    auto mode = Botan::AEAD_Mode::create_or_throw("AES-256/GCM", direction);
    mode->set_key(key);
    const auto associated = to_bytes(header);
    mode->set_associated_data(associated.data(), associated.size());
    mode->start(header.nonce.data(), header.nonce.size());
    return mode;
}

} // namespace

Seal::Seal(SealedContent content, const StretchCost& cost, const std::array<Byte, 16>& salt, const PassPhrase& pass)
    : content_(content), cost_(cost), salt_(salt), key_(32) {
    // Botan takes memory, passes, lanes in this order for Argon2; the test of a known answer holds it to that.
    const auto stretch =
        Botan::PasswordHashFamily::create_or_throw("Argon2id")->from_params(cost.memory, cost.passes, cost.lanes);
    stretch->derive_key(key_.data(), key_.size(), reinterpret_cast<const char*>(pass.data()), pass.size(), salt_.data(),
                        salt_.size());
}

Seal Seal::make(SealedContent content, const PassPhrase& pass, Random& random, const StretchCost& cost) {
    std::array<Byte, salt_size> salt;
    random.fill(salt);
    return {content, cost, salt, pass};
}

Result<Seal::Opened> Seal::open(BytesView file, SealedContent content, const PassPhrase& pass) {
    TONGKA_TRY(const auto header, read_header(file, content));
    Opened opened{Seal(content, header.cost, header.salt, pass), {}};
    const auto sealed = file.subspan(header_size);
    opened.content.assign(sealed.begin(), sealed.end());
    try {
        cipher(Botan::DECRYPTION, opened.seal.key_, header)->finish(opened.content);
    } catch (const Botan::Invalid_Authentication_Tag&) {
        return fail("wrong pass phrase, or the file was altered");
    }
    return opened;
}

Bytes Seal::close(BytesView content, Random& random) const {
    Header header{.content = content_,
                  .cost = cost_,
                  .salt = salt_,
                  .nonce = {},
                  .sealed_size = static_cast<std::uint32_t>(content.size() + tag_size)};
    random.fill(header.nonce);
    SecretBytes sealed(content.begin(), content.end());
    cipher(Botan::ENCRYPTION, key_, header)->finish(sealed);
    return concatenate({to_bytes(header), sealed});
}

bool looks_sealed(BytesView file) {
    return file.size() >= magic.size() && equal(file.first(magic.size()), magic);
}

} // namespace tongka::core
