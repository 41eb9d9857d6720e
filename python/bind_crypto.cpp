#include <fmt/format.h>

#include "core/crypto/cipher.hpp"
#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/crypto/padding.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "core/crypto/sha256.hpp"
#include "python/binding.hpp"
#include "python/python_key.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using core::Bytes;
using core::BytesView;

/// Work of more bytes than this lets other threads run meanwhile; for less, letting them costs more than the work.
constexpr std::size_t long_work = 4096;

template <typename Work>
void without_lock(std::size_t size, Work work) {
    if (size < long_work)
        return work();
    const py::gil_scoped_release released;
    work();
}

Bytes crypt(const PythonKey& key, const Input& data, bool encrypt) {
    const BytesView in = data;
    if (in.size() % key.cipher.block_size() != 0)
        throw py::value_error(
            fmt::format("{} bytes are no whole number of blocks of {}", in.size(), key.cipher.block_size()));
    Bytes out(in.size());
    without_lock(in.size(), [&] { encrypt ? key.cipher.encrypt(in, out) : key.cipher.decrypt(in, out); });
    return out;
}

PythonKey diversify(const PythonKey& key, const py::args& factors) {
    core::Key result = key.key;
    for (const auto& factor : factors)
        result = core::diversify(result, exactly<8>(py::cast<Input>(factor), "a factor"));
    return PythonKey(result);
}

py::bytes mac_of(const PythonKey& key, const Input& data) {
    core::Mac mac{};
    without_lock(data.bytes.size(), [&] { mac = core::transaction_mac(key.cipher, data.bytes); });
    return to_python(mac);
}

py::bytes wrap(const PythonKey& key, const Input& data, bool always) {
    return to_python(value_of(core::secure_messaging_encrypt(
        key.cipher, data, always ? core::EncryptionPadding::always : core::EncryptionPadding::when_needed)));
}

} // namespace

void bind_crypto(py::module_& module) {
    py::class_<PythonKey>(module, "Key",
                          "A secret key and the algorithm it is for: 3des (16 bytes), des (8) or sm4 (16).\n\n"
                          "It is wiped when it goes, and is shown nowhere: repr() tells its algorithm alone.")
        .def(py::init([](const std::string& algorithm, const Input& bytes) {
                 return PythonKey(value_of(core::Key::create(value_of(core::parse_algorithm(algorithm)), bytes)));
             }),
             py::arg("algorithm"), py::arg("value"))
        .def_property_readonly("algorithm", [](const PythonKey& key) { return std::string(name(key.key.algorithm())); })
        .def(
            "reveal", [](const PythonKey& key) { return to_python(key.key.bytes()); },
            "The key's bytes. They are Python's from then on, and are not wiped.")
        .def(
            "encrypt", [](const PythonKey& key, const Input& data) { return to_python(crypt(key, data, true)); },
            py::arg("data"), "Whole blocks (8 bytes, SM4 16), each by itself (ECB).")
        .def(
            "decrypt", [](const PythonKey& key, const Input& data) { return to_python(crypt(key, data, false)); },
            py::arg("data"), "Whole blocks (8 bytes, SM4 16), each by itself (ECB).")
        .def("diversify", &diversify,
             "The key one level below for each factor of 8 bytes, the outermost first (city, then card):\n"
             "3DES(MK, F) + 3DES(MK, ~F); SM4(MK, F + ~F) (standards.md 5.1, 5.3).")
        .def(
            "session",
            [](const PythonKey& key, const Input& input) {
                return PythonKey(core::session_key(key.cipher, exactly<8>(input, "the input of a session key")));
            },
            py::arg("input"), "The session key of a transaction from its 8 bytes of input (standards.md 5.1, 5.3).")
        .def(
            "tac_key", [](const PythonKey& key) { return PythonKey(core::tac_key(key.key)); },
            "What TACs are made with: of a 3DES key its halves XORed (standards.md 5.1).")
        .def("mac", &mac_of, py::arg("data"),
             "The 4 bytes of MAC1, MAC2, MAC3, GMAC under a session key, or of a TAC under a TAC key: CBC with a zero\n"
             "initial value, padded 80 00… always (standards.md 5.1, 5.2).")
        .def(
            "secure_mac",
            [](const PythonKey& key, const Input& challenge, const Input& data) {
                if (challenge.bytes.size() != 4 && challenge.bytes.size() != 8)
                    throw py::value_error("a challenge has 4 or 8 bytes");
                return to_python(core::secure_messaging_mac(key.cipher, challenge.bytes, data.bytes));
            },
            py::arg("challenge"), py::arg("data"),
            "The 4 bytes of a secure messaging MAC. The challenge has 4 or 8 bytes; `data` is the header, with an Lc\n"
            "that counts the MAC, and the data field (standards.md 5.1).")
        .def("wrap", &wrap, py::arg("data"), py::arg("always_pad") = false,
             "Data of at most 255 bytes enciphered for secure messaging: its length, itself, and padding 80 00… where\n"
             "that is no whole number of blocks, or always (rule encryption-padding).")
        .def(
            "unwrap",
            [](const PythonKey& key, const Input& data) {
                return to_python(value_of(core::secure_messaging_decrypt(key.cipher, data)));
            },
            py::arg("data"), "What wrap() was given. Raises Error where length and padding do not fit.")
        .def(
            "authenticate",
            [](const PythonKey& key, const Input& random) {
                if (random.bytes.size() != 4 && random.bytes.size() != 8)
                    throw py::value_error("a random number has 4 or 8 bytes");
                return to_python(core::external_authentication(key.cipher, random));
            },
            py::arg("random"), "The 8 bytes that EXTERNAL AUTHENTICATE sends for a random number of 4 or 8 bytes.")
        .def("__eq__", [](const PythonKey& key, const PythonKey& other) { return key.key == other.key; })
        .def("__eq__", [](const PythonKey&, const py::object&) { return false; })
        .def("__repr__", [](const PythonKey& key) {
            return fmt::format("<tongka.Key {}, {} bytes>", name(key.key.algorithm()), key.key.bytes().size());
        });
    module.def(
        "pad", [](const Input& data, std::size_t block) { return to_python(core::pad(data, block)); }, py::arg("data"),
        py::arg("block_size") = 8, "`data` + 80 + 00… to whole blocks, always at least the one byte (ISO/IEC 9797-1).");
    module.def(
        "unpad",
        [](const Input& data, std::size_t block) {
            const auto plain = core::unpad(data, block);
            if (!plain)
                throw Failure("the end is no padding of 80 00…");
            return to_python(*plain);
        },
        py::arg("data"), py::arg("block_size") = 8, "What stood before such padding; Error where there is none.");
    module.def(
        "sha256", [](const Input& data) { return to_python(core::sha256(data)); }, py::arg("data"),
        "The 32 bytes of SHA-256 (FIPS 180-4).");
}

} // namespace tongka::python
