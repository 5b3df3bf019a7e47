//===- HeaderText.cpp - the header of a generated network -----------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerText.h"
#include "NetworkText.h"
#include "dialects/slb/IR/SLBDialect.h"
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

/// Adds the differences of one output to the sum.
static void printComparison(const NetworkText &network, const PortText &port,
                            raw_ostream &os) {
  std::string size = network.macro + port.macro + "_SIZE";
  std::string expected = network.prefix + "self_check_" + port.name;
  os << "    for (int32_t j = 0; j < " << size << "; ++j) {\n";
  if (getStorage(port.buffer) != Storage::Floats) {
    os << "      differences += " << port.name << "[j] != " << expected
       << "[i * " << size << " + j];\n    }\n";
    return;
  }
  os << "      const float difference = " << port.name << "[j] - " << expected
     << "[i * " << size << " + j];\n      const float tolerance = "
     << llvm::format("%.9e", port.tolerance)
     << "f;\n      differences += difference > tolerance || difference < "
        "-tolerance;\n    }\n";
}

std::string slb::bitpack::getSelfCheckText(const NetworkText &network) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << getSelfCheckSignature(network, " {\n");
  SmallVector<std::string> arguments;
  for (const PortText &port : network.inputs)
    arguments.push_back(network.prefix + "self_check_" + port.name + " + i * " +
                        network.macro + port.macro + "_SIZE");
  for (const PortText &port : network.outputs) {
    os << "  static " << getCType(port.buffer) << ' ' << port.name << '['
       << network.macro << port.macro << "_SIZE];\n";
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

/// What a caller must know to fill or read the array.
static void printLayout(const PortText &port, raw_ostream &os) {
  os << "/// " << port.name << ": " << getCType(port.buffer) << ' '
     << getCDimensions(port.buffer.getType());
  LowBitType lowBit = getLowBitType(port.type);
  bool isImage = port.type.getRank() == 4;
  if (getStorage(port.buffer) == Storage::Planes)
    os << (isImage ? " (height, width, plane, word)" : " (plane, word)");
  else if (isImage)
    os << " (height, width, channel)";
  os << "\n";
  if (!lowBit) {
    os << "/// Real values.\n";
    return;
  }
  ValueSetAttr set = lowBit.getSet();
  os << "/// Integers from " << set.getLo() << " to " << set.getHi()
     << "; real value = " << lowBit.getScale() << " * integer.\n";
  if (getStorage(port.buffer) == Storage::Planes)
    os << "/// Bit c % 32 of word c / 32 of plane j is bit j of channel c's "
          "code;\n/// integer = "
       << set.getLo() << " + " << (set.isOdd() ? 2 : 1)
       << " * code; unused bits are 0.\n";
}

static void printPort(const NetworkText &network, const PortText &port,
                      raw_ostream &os) {
  printLayout(port, os);
  auto define = [&](StringRef name, const Twine &value) {
    os << "#define " << network.macro << port.macro << '_' << name << ' '
       << value << '\n';
  };
  auto stored = cast<ShapedType>(port.buffer.getType());
  define("TYPE", getCType(port.buffer));
  define("SIZE", Twine(stored.getNumElements()));
  bool isImage = port.type.getRank() == 4;
  define("HEIGHT", Twine(isImage ? port.type.getDimSize(1) : 1));
  define("WIDTH", Twine(isImage ? port.type.getDimSize(2) : 1));
  define("CHANNELS", Twine(port.type.getShape().back()));
  os << '\n';
}

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
    os << "/// Bytes and alignment of the memory that a call works in.\n"
       << "#define " << network.macro << "ARENA_BYTES " << network.arenaBytes
       << "\n#define " << network.macro << "ARENA_ALIGNMENT "
       << network.arenaAlignment << "\n\n"
       << "/// Computes the network. The arena's content before the call does "
          "not matter,\n/// nothing of it is needed afterwards; calls with "
          "different arenas may run at\n/// once.\n";
  }
  os << getRunSignature(network, ";\n\n");
}

std::string slb::bitpack::getHeaderText(const NetworkText &network) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "/* " << network.header
     << ": a neural network in C99, generated by slb-compile. */\n\n"
     << "#ifndef " << network.macro << "H\n#define " << network.macro
     << "H\n\n";
  if (network.profile)
    os << "#include <stddef.h>\n";
  os << "#include <stdint.h>\n\n"
     << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
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
