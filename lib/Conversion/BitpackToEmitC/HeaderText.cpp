//===- HeaderText.cpp - the header of a generated network -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CNames.h"
#include "LayerText.h"
#include "NetworkText.h"
#include "dialects/slb/IR/SLBDialect.h"
#include "slb/Conversion/SLBToBitpack/Storage.h"
#include "slb/Support/Version.h"
#include "slb/Target/C/Literals.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace slb;
using namespace slb::bitpack;

std::string slb::bitpack::getRunSignature(const NetworkText &network,
                                          StringRef end) {
  SmallVector<std::string> arguments;
  for (const PortText &port : network.inputs)
    arguments.push_back(
        ("const " + getCType(port.buffer) + " *" + port.name).str());
  for (const PortText &port : network.outputs)
    arguments.push_back((getCType(port.buffer) + " *" + port.name).str());
  if (!network.staticArena)
    arguments.push_back("void *arena");
  return getCall("void " + network.prefix + "run", arguments, end);
}

std::string slb::bitpack::getSelfCheckSignature(const NetworkText &network,
                                                StringRef end) {
  return ("int32_t " + network.prefix + "self_check(" +
          (network.staticArena ? "void" : "void *arena") + ")" + end)
      .str();
}

//===----------------------------------------------------------------------===//
// The self-check
//===----------------------------------------------------------------------===//

int64_t NetworkText::getResultOffset(size_t output) const {
  int64_t offset = arenaBytes;
  if (selfCheckVectors == 0)
    return offset;
  offset = llvm::alignTo(offset, arenaAlignment);
  for (const PortText &port : llvm::ArrayRef(outputs).take_front(output))
    offset +=
        llvm::alignTo(getStorageBytes(port.buffer.getType()), arenaAlignment);
  return offset;
}

/// Adds the differences of one output to the sum.
static void printComparison(const NetworkText &network, const PortText &port,
                            raw_ostream &os) {
  std::string size = network.macro + port.macro + "_SIZE";
  std::string expected = port.vectors + "[i * " + size + " + j]";
  os << "    for (int32_t j = 0; j < " << size << "; ++j) {\n";
  if (getStorage(port.buffer) != Storage::Floats) {
    os << "      differences +=\n          (" << port.name
       << "[j] != " << expected << ") ? 1 : 0;\n    }\n";
    return;
  }
  // An infinity is near nothing but itself, and so is a NaN.
  os << "      const float got = " << port.name << "[j];\n"
     << "      const float expected = " << expected << ";\n"
     << "      const float tolerance = " << getCFloat(port.tolerance) << ";\n"
     << "      const int isNear = got - expected <= tolerance && expected - "
        "got "
        "<= tolerance;\n"
     << "      const int isSame = got == expected || (got != got && expected "
        "!= "
        "expected);\n"
     << "      differences += !isNear && !isSame;\n    }\n";
}

std::string slb::bitpack::getSelfCheckText(const NetworkText &network) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << getSelfCheckSignature(network, " {\n");
  SmallVector<std::string> arguments;
  for (const PortText &port : network.inputs)
    arguments.push_back(port.vectors + " + i * " + network.macro + port.macro +
                        "_SIZE");
  os << "  uint8_t *memory = "
     << (network.staticArena ? network.prefix + "arena.bytes"
                             : "(uint8_t *)arena")
     << ";\n";
  for (auto [i, port] : llvm::enumerate(network.outputs)) {
    StringRef type = getCType(port.buffer);
    os << "  " << type << " *" << port.name << " = (" << type
       << " *)(void *)(memory + " << network.getResultOffset(i) << ");\n";
    arguments.push_back(port.name);
  }
  if (!network.staticArena)
    arguments.push_back("arena");
  os << "  int32_t differences = 0;\n  for (int32_t i = 0; i < "
     << network.selfCheckVectors << "; ++i) {\n"
     << getCall("    " + network.prefix + "run", arguments, ";\n");
  for (const PortText &port : network.outputs)
    printComparison(network, port, os);
  os << "  }\n  return differences;\n}";
  return text;
}

//===----------------------------------------------------------------------===//
// Ports
//===----------------------------------------------------------------------===//

static std::string getDimensions(ArrayRef<int64_t> sizes) {
  std::string text;
  for (int64_t size : sizes)
    text += "[" + std::to_string(size) + "]";
  return text;
}

/// `{item, item}` for a macro, in lines of at most 80 characters.
static std::string getList(ArrayRef<std::string> items) {
  std::string text = "{";
  size_t column = 40; // Behind `#define` and the name.
  for (auto [i, item] : llvm::enumerate(items)) {
    std::string next = item + (i + 1 == items.size() ? "}" : ",");
    if (i > 0 && column + next.size() + 3 > 80) {
      text += " \\\n   ";
      column = 3;
    }
    text += (i > 0 ? " " : "") + next;
    column += next.size() + 1;
  }
  return text;
}

/// The macros of a port, without their prefix.
static std::vector<std::pair<StringRef, std::string>>
getMacros(const PortText &port) {
  std::vector<std::pair<StringRef, std::string>> macros;
  auto define = [&](StringRef name, const Twine &value) {
    macros.push_back({name, value.str()});
  };
  ArrayRef<int64_t> shape = dropBatch(port.type.getShape(), port.type);
  SmallVector<std::string> sizes;
  for (int64_t size : shape)
    sizes.push_back(std::to_string(size));
  define("TYPE", getCType(port.buffer));
  define("SIZE",
         Twine(cast<ShapedType>(port.buffer.getType()).getNumElements()));
  define("RANK", Twine(shape.size()));
  define("SHAPE", getList(sizes));
  // A vector is an image of one pixel.
  if (shape.size() == 3 || shape.size() == 1) {
    bool isImage = shape.size() == 3;
    define("HEIGHT", Twine(isImage ? shape[0] : 1));
    define("WIDTH", Twine(isImage ? shape[1] : 1));
    define("CHANNELS", Twine(shape.back()));
  }
  LowBitType lowBit = getLowBitType(port.type);
  if (lowBit && lowBit.isPerChannel()) {
    SmallVector<std::string> scales;
    for (float scale : lowBit.getScales().asArrayRef())
      scales.push_back(getCFloat(scale));
    int64_t batch = port.type.getRank() - shape.size();
    define("SCALE_AXIS", Twine(*lowBit.getAxis() - batch));
    define("SCALES", getList(scales));
  } else {
    define("SCALE", getCFloat(lowBit ? lowBit.getScale() : 1));
  }
  if (int64_t offset = getStoredForm(port.type).offset)
    define("OFFSET", Twine(offset));
  if (port.pixelOffset)
    define("PIXEL_OFFSET", Twine(*port.pixelOffset));
  return macros;
}

/// Integers that a port may hold.
static std::string getIntegersText(ValueSetAttr set) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (set.isRange() || set.isOdd()) {
    os << (set.isOdd() ? "Odd integers" : "Integers") << " from " << set.getLo()
       << " to " << set.getHi();
    return text;
  }
  os << "Integers ";
  llvm::interleaveComma(set.getIntegers(), os);
  return text;
}

/// What a caller must know to fill or read the array.
static void printLayout(const NetworkText &network, const PortText &port,
                        raw_ostream &os) {
  auto stored = cast<ShapedType>(port.buffer.getType());
  bool isImage = port.type.getRank() == 4;
  bool isPlanes = getStorage(port.buffer) == Storage::Planes;
  os << "/// " << port.name << ": " << getCType(port.buffer) << ' '
     << getDimensions(dropBatch(stored.getShape(), port.type));
  if (isPlanes)
    os << (isImage ? " (height, width, plane, word)" : " (plane, word)");
  else if (isImage)
    os << " (height, width, channel)";
  os << "\n";
  LowBitType lowBit = getLowBitType(port.type);
  if (!lowBit) {
    bool isReal = isa<FloatType>(port.type.getElementType());
    os << "/// " << (isReal ? "Real values" : "Integers") << ".\n";
    return;
  }
  ValueSetAttr set = lowBit.getSet();
  os << "/// " << getIntegersText(set) << "; real value = ";
  if (lowBit.isPerChannel())
    os << "scale * integer, with\n/// a scale of " << network.macro
       << port.macro << "_SCALES for each index of axis " << network.macro
       << port.macro << "_SCALE_AXIS.\n";
  else
    os << llvm::format("%.9g", lowBit.getScale()) << " * integer.\n";
  if (isPlanes)
    os << "/// Bit c % 32 of word c / 32 of plane j is bit j of channel c's "
          "code;\n/// integer = "
       << set.getLo() << " + " << (set.isOdd() ? 2 : 1)
       << " * code; unused bits are 0.\n";
  if (int64_t offset = getStoredForm(port.type).offset)
    os << "/// A byte holds the integer " << (offset < 0 ? "+ " : "- ")
       << std::abs(offset) << ".\n";
  if (port.pixelOffset)
    os << "/// A pixel as the network was trained with becomes the integer "
          "pixel - "
       << *port.pixelOffset << ".\n";
}

static void printPort(const NetworkText &network, const PortText &port,
                      raw_ostream &os) {
  printLayout(network, port, os);
  for (auto &[name, value] : getMacros(port))
    os << "#define " << network.macro << port.macro << '_' << name << ' '
       << value << '\n';
  os << '\n';
}

std::vector<std::string>
slb::bitpack::getPublicNames(const NetworkText &network) {
  std::vector<std::string> names;
  for (StringRef macro : {"H", "SLB_VERSION", "MODEL_HASH", "ARENA_BYTES",
                          "ARENA_ALIGNMENT", "SELF_CHECK_BYTES"})
    names.push_back(network.macro + macro.str());
  for (StringRef function :
       {"run", "self_check", "layer_begin", "layer_end", "arena"})
    names.push_back(network.prefix + function.str());
  for (const auto *ports : {&network.inputs, &network.outputs})
    for (const PortText &port : *ports)
      for (auto &[name, value] : getMacros(port))
        names.push_back(network.macro + port.macro + "_" + name.str());
  return names;
}

//===----------------------------------------------------------------------===//
// The header
//===----------------------------------------------------------------------===//

const llvm::StringLiteral slb::bitpack::licenseLine =
    "/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */\n";

static void printProfileHooks(const NetworkText &network, raw_ostream &os) {
  os << "/// You define these two. They are called before and after each layer "
        "with its\n/// index in order of execution, its name, and its output "
        "(complete only at the\n/// end).\n";
  for (StringRef moment : {"begin", "end"})
    os << "void " << network.prefix << "layer_" << moment
       << "(int32_t index, const char *name,\n    const void *output, size_t "
          "bytes);\n";
  os << '\n';
}

static void printRun(const NetworkText &network, raw_ostream &os) {
  if (network.staticArena) {
    os << "/// Computes the network. Uses memory of its own: one call at a "
          "time.\n";
  } else {
    os << "/// Bytes and alignment of the memory that a call works in.\n";
    if (network.selfCheckVectors > 0)
      os << "/// The last of them hold outputs of " << network.prefix
         << "self_check; " << network.prefix
         << "run needs the others\n/// only.\n";
    os << "#define " << network.macro << "ARENA_BYTES " << network.getAllBytes()
       << "\n#define " << network.macro << "ARENA_ALIGNMENT "
       << network.arenaAlignment << "\n";
    if (network.selfCheckVectors > 0)
      os << "#define " << network.macro << "SELF_CHECK_BYTES "
         << network.getAllBytes() - network.arenaBytes << '\n';
    os << "\n/// Computes the network. The arena's content before the call "
          "does "
          "not matter,\n/// nothing of it is needed afterwards; calls with "
          "different arenas may run at\n/// once.\n";
  }
  os << getRunSignature(network, ";\n\n");
}

static void printOrigin(const NetworkText &network, raw_ostream &os) {
  os << "/// The version of slb that wrote this";
  if (!network.modelHash.empty())
    os << ", and a hash of the network: files of one\n/// hash compute the "
          "same "
          "on all targets";
  os << ".\n#define " << network.macro << "SLB_VERSION \"" << getVersion()
     << "\"\n";
  if (!network.modelHash.empty())
    os << "#define " << network.macro << "MODEL_HASH \"" << network.modelHash
       << "\"\n";
  os << '\n';
}

std::string slb::bitpack::getHeaderText(const NetworkText &network) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << licenseLine << "/* " << getCComment(network.header)
     << ": a neural network in C99, generated by slb-compile. */\n\n"
     << "#ifndef " << network.macro << "H\n#define " << network.macro
     << "H\n\n";
  if (network.profile)
    os << "#include <stddef.h>\n";
  os << "#include <stdint.h>\n\n"
     << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  printOrigin(network, os);
  for (const PortText &port : network.inputs)
    printPort(network, port, os);
  for (const PortText &port : network.outputs)
    printPort(network, port, os);
  if (network.profile)
    printProfileHooks(network, os);
  printRun(network, os);
  if (network.selfCheckVectors > 0)
    os << "/// Runs inputs that are kept in the source and returns how many "
          "outputs differ\n/// from those of the compiler's reference: 0 on "
          "every machine.\n"
       << getSelfCheckSignature(network, ";\n\n");
  os << "#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << network.macro
     << "H */";
  return text;
}
