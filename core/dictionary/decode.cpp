#include "core/dictionary/decode.hpp"

#include "core/dictionary/layout_decoder.hpp"
#include "core/dictionary/status_words.hpp"

namespace tongka::core::dictionary {

static constexpr Text unknown_command{"未知命令", "unknown command"};
static constexpr Text no_command{"不是命令", "not a command"};
static constexpr Text raw_command{"命令字节", "command bytes"};
static constexpr Text raw_data{"数据", "data"};

namespace {

/// Where the content of a file command lies.
struct FileReference {
    std::optional<FileId> file;
    FileForm form = FileForm::binary;
    std::size_t offset = 0;
};

/// A short file identifier stands for the file with the same number (standards.md 3.3: SFI 15 is file 0015).
FileReference file_reference(const CommandForm& form, const Command& command, const Context& context) {
    if (form.p1_field.kind == Kind::record_reference) {
        const FileId sfi = command.p2 >> 3;
        return {sfi == 0 ? context.selected_file : std::optional(sfi), FileForm::record, 0};
    }
    if (form.p1_field.kind != Kind::binary_reference)
        return {};
    if ((command.p1 & 0x80) == 0)
        return {context.selected_file, FileForm::binary, command.p1p2()};
    return {static_cast<FileId>(command.p1 & 0x1F), FileForm::binary, command.p2};
}

void add_parameter(LayoutDecoder& decoder, const Field& field, std::size_t offset) {
    if (!field.name.en.empty())
        decoder.add(field.name, field.kind, offset, field.width);
}

} // namespace

/// A command that could not be taken apart: nothing is shown but what cannot be secret.
static void decode_header(BytesView command, const Context& context, Decoded& decoded) {
    LayoutDecoder decoder(command, context);
    decoded.name = no_command;
    decoder.add(raw_command, Kind::data, 0, std::min<std::size_t>(command.size(), 4));
    if (command.size() > 4)
        decoder.add(raw_data, Kind::pin, 4, command.size() - 4);
    decoded.request = decoder.take();
}

Decoded decode(BytesView command, BytesView response, const Context& context) {
    Decoded decoded;
    const auto parsed = parse_command(command);
    FileReference file;
    if (!parsed) {
        decode_header(command, context, decoded);
    } else {
        decoded.form = find_command(*parsed, context.device);
        decoded.name = decoded.form ? decoded.form->name : unknown_command;
        LayoutDecoder decoder(command, context);
        if (decoded.form) {
            file = file_reference(*decoded.form, *parsed, context);
            decoder.set_file(file.file, file.form, file.offset);
            add_parameter(decoder, decoded.form->p1_field, 2);
            add_parameter(decoder, decoded.form->p2_field, 3);
        }
        if (!parsed->data.empty())
            decoder.lay_out(decoded.form ? decoded.form->request : Layout{},
                            static_cast<std::size_t>(parsed->data.data() - command.data()), parsed->data.size());
        decoded.request = decoder.take();
    }
    const auto answer = parse_response(response);
    if (!answer)
        return decoded;
    LayoutDecoder decoder(response, context);
    decoder.set_file(file.file, file.form, file.offset);
    decoder.lay_out(decoded.form ? decoded.form->response : Layout{}, 0, answer->data.size());
    decoded.response = decoder.take();
    decoded.status = describe(answer->sw, context.language);
    return decoded;
}

std::vector<DecodedField> decode_file(FileId file, FileForm form, BytesView content, std::size_t offset,
                                      const Context& context) {
    LayoutDecoder decoder(content, context);
    decoder.set_file(file, form, offset);
    decoder.lay_out_file(0, content.size(), 0);
    return decoder.take();
}

std::vector<DecodedField> decode_fci(BytesView bytes, const Context& context) {
    LayoutDecoder decoder(bytes, context);
    decoder.lay_out_tlv(0, bytes.size(), 0);
    auto fields = decoder.take();
    if (fields.empty() && !bytes.empty()) {
        decoder.add(raw_data, Kind::data, 0, bytes.size());
        fields = decoder.take();
    }
    return fields;
}

} // namespace tongka::core::dictionary
