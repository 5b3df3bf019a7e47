//===- DatasetTest.cpp - loading of data sets and their errors ------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Data/Dataset.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

using namespace slb;

namespace {

/// A folder of its own for each test.
class DatasetTest : public testing::Test {
protected:
  void SetUp() override {
    folder = testing::TempDir() + "slb-" +
             testing::UnitTest::GetInstance()->current_test_info()->name();
    mkdir(folder.c_str(), 0777);
  }
  void write(const std::string &name, const std::string &content) {
    std::ofstream(folder + "/" + name, std::ios::binary) << content;
  }
  void writeGzip(const std::string &name, const std::string &content) {
    gzFile file = gzopen((folder + "/" + name).c_str(), "wb");
    gzwrite(file, content.data(), content.size());
    gzclose(file);
  }
  void truncate(const std::string &name, size_t size) {
    std::ifstream in(folder + "/" + name, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), {});
    write(name, content.substr(0, size));
  }
  /// The message of a load that must fail.
  std::string errorOf(const std::string &kind) {
    Dataset dataset;
    std::string error;
    EXPECT_FALSE(loadDataset(kind + ":" + folder, dataset, error));
    EXPECT_EQ(error.find('\n'), std::string::npos);
    return error;
  }
  void expectError(const std::string &kind, const std::string &part) {
    std::string error = errorOf(kind);
    EXPECT_NE(error.find(part), std::string::npos) << error;
  }

  std::string folder;
};

std::string word(uint32_t value) {
  return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

std::string idxImages(uint32_t count, size_t bytes) {
  return word(0x803) + word(count) + word(28) + word(28) +
         std::string(bytes, '\7');
}

std::string idxLabels(const std::string &labels) {
  return word(0x801) + word(labels.size()) + labels;
}

std::string digitsLine(int pixel, int label) {
  std::string line;
  for (int i = 0; i < 64; ++i)
    line += std::to_string(pixel) + ",";
  return line + std::to_string(label) + "\n";
}

std::string cifarRecord(char label) {
  return label + std::string(1024, '\1') + std::string(1024, '\2') +
         std::string(1024, '\3');
}

} // namespace

TEST_F(DatasetTest, EmbeddedDigits) {
  Dataset dataset;
  std::string error;
  ASSERT_TRUE(loadDataset("digits", dataset, error)) << error;
  EXPECT_EQ(dataset.train.size(), 3823);
  EXPECT_EQ(dataset.test.size(), 1797);
  EXPECT_EQ(dataset.imageSize(), 64);
  EXPECT_EQ(dataset.pixelMap.hi, 16);
  EXPECT_EQ(dataset.train.pixels.size(), 3823u * 64);
  EXPECT_EQ(*std::max_element(dataset.train.pixels.begin(),
                              dataset.train.pixels.end()),
            16);
  dataset.test.truncate(100);
  EXPECT_EQ(dataset.test.size(), 100);
  EXPECT_EQ(dataset.test.pixels.size(), 6400u);
}

TEST_F(DatasetTest, UnknownName) {
  Dataset dataset;
  std::string error;
  EXPECT_FALSE(loadDataset("svhn", dataset, error));
  EXPECT_FALSE(loadDataset("mnist", dataset, error));
  EXPECT_FALSE(loadDataset("mnist:", dataset, error));
  EXPECT_NE(error.find("but got 'mnist:'"), std::string::npos) << error;
}

TEST_F(DatasetTest, DigitsMissing) { expectError("digits", "cannot find"); }

TEST_F(DatasetTest, DigitsPixelOutOfRange) {
  write("optdigits.tra", "# comment\n" + digitsLine(17, 3));
  expectError("digits", "line 2: expects 64 pixels of 0..16 and a class of "
                        "0..9, but column 1 is '17,");
}

TEST_F(DatasetTest, DigitsTruncatedLine) {
  write("optdigits.tra", digitsLine(1, 3) + digitsLine(1, 3).substr(0, 20));
  expectError("digits", "line 2");
}

TEST_F(DatasetTest, DigitsUnprintable) {
  write("optdigits.tra", "1,\x1b[2J\t\xff");
  expectError("digits", "column 2 is '?[2J?"
                        "?'");
}

TEST_F(DatasetTest, DigestTellsImagesApart) {
  write("optdigits.tra", digitsLine(1, 3));
  write("optdigits.hol", digitsLine(2, 4));
  write("optdigits.tes", digitsLine(3, 5));
  auto getDigestOfFolder = [&] {
    Dataset dataset;
    std::string error;
    EXPECT_TRUE(loadDataset("digits:" + folder, dataset, error)) << error;
    return getDigest(dataset);
  };
  uint64_t digest = getDigestOfFolder();
  EXPECT_EQ(getDigestOfFolder(), digest);
  write("optdigits.tes", digitsLine(3, 6));
  EXPECT_NE(getDigestOfFolder(), digest);
  write("optdigits.tes", digitsLine(3, 5));
  write("optdigits.hol", digitsLine(2, 4) + digitsLine(2, 4));
  EXPECT_NE(getDigestOfFolder(), digest);
}

TEST_F(DatasetTest, DigitsTruncatedGzip) {
  writeGzip("optdigits.tra.gz", digitsLine(1, 3) + digitsLine(2, 5));
  truncate("optdigits.tra.gz", 30);
  expectError("digits", "damaged or truncated");
}

TEST_F(DatasetTest, DigitsEmpty) {
  write("optdigits.tra", "# comment\n");
  expectError("digits", "expects at least one image, but got none");
}

TEST_F(DatasetTest, MnistPlainAndGzip) {
  write("train-images-idx3-ubyte", idxImages(2, 2 * 784));
  writeGzip("train-labels-idx1-ubyte.gz", idxLabels({3, 9}));
  writeGzip("t10k-images-idx3-ubyte.gz", idxImages(1, 784));
  write("t10k-labels-idx1-ubyte", idxLabels({4}));
  Dataset dataset;
  std::string error;
  ASSERT_TRUE(loadDataset("mnist:" + folder, dataset, error)) << error;
  EXPECT_EQ(dataset.train.size(), 2);
  EXPECT_EQ(dataset.train.labels[1], 9);
  EXPECT_EQ(dataset.test.pixels[783], 7);
}

TEST_F(DatasetTest, MnistWrongMagic) {
  write("train-images-idx3-ubyte", idxLabels({3, 9}) + std::string(20, 0));
  expectError("mnist", "expects the magic number 0x00000803, but got "
                       "0x00000801");
}

TEST_F(DatasetTest, MnistTruncated) {
  write("train-images-idx3-ubyte", idxImages(2, 2 * 784 - 1));
  expectError("mnist", "expects 1568 bytes, but got 1567");
}

TEST_F(DatasetTest, MnistTooLong) {
  write("train-images-idx3-ubyte", idxImages(1, 785));
  expectError("mnist", "after the header: expects 784 bytes, but got 785");
}

TEST_F(DatasetTest, MnistDimensionOutOfRange) {
  write("train-images-idx3-ubyte", idxImages(0, 0));
  expectError("mnist", "dimension 0: expects 1 to 16777216, but got 0");
}

TEST_F(DatasetTest, MnistOtherImages) {
  write("train-images-idx3-ubyte",
        word(0x803) + word(1) + word(2) + word(1) + std::string(2, '\7'));
  write("train-labels-idx1-ubyte", idxLabels({1}));
  expectError("mnist", "expects images of 28x28 pixels, but got 2x1");
}

TEST_F(DatasetTest, MnistLabelsOfOtherFile) {
  write("train-images-idx3-ubyte", idxImages(2, 2 * 784));
  write("train-labels-idx1-ubyte", idxLabels({1, 2, 3}));
  expectError("mnist", "expects 2 labels, one an image, but got 3");
}

TEST_F(DatasetTest, MnistLabelOutOfRange) {
  write("train-images-idx3-ubyte", idxImages(2, 2 * 784));
  write("train-labels-idx1-ubyte", idxLabels({1, 10}));
  expectError("mnist", "label 1: expects 0..9, but got 10");
}

TEST_F(DatasetTest, Cifar10) {
  for (int batch = 1; batch <= 5; ++batch)
    write("data_batch_" + std::to_string(batch) + ".bin",
          cifarRecord(char(batch)));
  writeGzip("test_batch.bin.gz", cifarRecord(9));
  Dataset dataset;
  std::string error;
  ASSERT_TRUE(loadDataset("cifar10:" + folder, dataset, error)) << error;
  EXPECT_EQ(dataset.train.size(), 5);
  EXPECT_EQ(dataset.test.labels[0], 9);
  // Planes become interleaved channels.
  EXPECT_EQ(dataset.test.pixels[0], 1);
  EXPECT_EQ(dataset.test.pixels[1], 2);
  EXPECT_EQ(dataset.test.pixels[5], 3);
}

TEST_F(DatasetTest, Cifar10Truncated) {
  write("data_batch_1.bin", cifarRecord(1) + "abc");
  expectError("cifar10", "expects records of 3073 bytes, but record 1 has 3");
}
