#include "core/certificates/encoding.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <fmt/format.h>

#include "core/certificates/openssl.hpp"

namespace tongka::core::certificates {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN";

/// What PEM_read_bio allocates. Its data may be a key in clear that somebody gave by mistake: it is wiped.
struct Block {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;

    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
};

std::size_t count_blocks(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(begin_mark); at != std::string_view::npos; at = text.find(begin_mark, at + 1))
        ++count;
    return count;
}

} // namespace

Result<std::vector<Bytes>> decode_all(BytesView file, std::string_view label) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    const auto blocks = count_blocks(text);
    if (file.empty())
        return fail("the file is empty");
    if (blocks == 0 && file[0] != 0x30)
        return fail(fmt::format("neither PEM nor DER: no {} here", label));
    if (blocks == 0)
        return std::vector<Bytes>{to_bytes(file)};

    const auto bio = not_null<Bio>(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
    std::vector<Bytes> all;
    for (std::size_t number = 1; number <= blocks; ++number) {
        Block block;
        if (PEM_read_bio(bio.get(), &block.name, &block.header, &block.data, &block.size) != 1)
            return openssl_failure(fmt::format("PEM block {} of {} is cut off or damaged", number, blocks));
        if (label != block.name)
            return fail(fmt::format("PEM block {} is a {}, not a {}", number, block.name, label));
        if (*block.header != '\0')
            return fail(fmt::format("PEM block {} has headers of old PEM encryption, which are not read", number));
        all.emplace_back(block.data, block.data + block.size);
    }
    return all;
}

Result<Bytes> decode(BytesView file, std::string_view label) {
    TONGKA_TRY(auto all, decode_all(file, label));
    if (all.size() != 1)
        return fail(fmt::format("holds {} PEM blocks where one {} is wanted", all.size(), label));
    return std::move(all.front());
}

Bytes encode(BytesView der, std::string_view label, Form form) {
    if (form == Form::der)
        return to_bytes(der);
    const auto bio = not_null<Bio>(BIO_new(BIO_s_mem()));
    if (PEM_write_bio(bio.get(), std::string(label).c_str(), "", der.data(), static_cast<long>(der.size())) <= 0)
        throw std::bad_alloc();
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, text + size};
}

} // namespace tongka::core::certificates
