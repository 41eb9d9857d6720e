#pragma once

#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core::certificates {

enum class Form : std::uint8_t { pem, der };

/// The names that PEM gives to what this room reads and writes (RFC 7468).
inline constexpr const char* certificate_label = "CERTIFICATE";
inline constexpr const char* request_label = "CERTIFICATE REQUEST";
inline constexpr const char* list_label = "X509 CRL";
inline constexpr const char* key_label = "ENCRYPTED PRIVATE KEY";

/// The DER of each object in a file: of every PEM block, or of the one DER object that the file is. An Error where
/// there is none, where a block has another label or is cut off. The Error never shows what the file holds.
[[nodiscard]] Result<std::vector<Bytes>> decode_all(BytesView file, std::string_view label);

/// As decode_all, where the file must hold one object.
[[nodiscard]] Result<Bytes> decode(BytesView file, std::string_view label);

/// A file with this DER in it, in the form asked for.
[[nodiscard]] Bytes encode(BytesView der, std::string_view label, Form form);

/// What an OpenSSL function of the family i2d_… makes of an object; empty where it fails.
template <typename T>
[[nodiscard]] Bytes to_der(const T* object, int (*i2d)(const T*, unsigned char**)) {
    const int size = i2d(object, nullptr);
    Bytes der(size > 0 ? static_cast<std::size_t>(size) : 0);
    if (auto* at = der.data(); size > 0 && i2d(object, &at) != size)
        der.clear();
    return der;
}

} // namespace tongka::core::certificates
