using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Files of API calls, up and down: whole, or as they were before.</summary>
public sealed class ApiFileTests : IDisposable
{
    private static readonly Uri _file = new("/file", UriKind.Relative);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Place => Path.Combine(_folder, "out.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_response_goes_into_a_file_and_not_into_memory()
    {
        var (response, wire) = await FetchAsync(resume: false, "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nthe content");

        Assert.Equal("the content", File.ReadAllText(Place));
        Assert.Empty(response.Body);
        Assert.Equal("the content", response.WithFile().ReadText());
        Assert.Equal((11, 11), Assert.Single(wire.Log.Transfers, step => step.Bytes is not null));
        Assert.Equal((null, null), wire.Log.Transfers.Last());
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(false, "old")]
    [InlineData(true, "oldhal")]
    public async Task A_file_is_as_it_was_when_the_connection_breaks_unless_it_is_resumed(bool resume, string left)
    {
        File.WriteAllText(Place, "old");
        var failing = new HttpResponseMessage(resume ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream("hal"u8.ToArray())) };
        failing.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 3-7/8");
        var wire = new Wire().Answers(Given.Token("t0ken")).Answers(failing);

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => FetchAsync(wire, resume));

        Assert.Equal("ConnectionLost", error.ErrorId);
        Assert.Equal(left, File.ReadAllText(Place));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_was_not_there_is_not_there_after_a_failure()
    {
        var wire = new Wire().Answers(Given.Token("t0ken")).Answers(new HttpResponseMessage { Content = new StreamContent(new BreakingStream([1])) });

        await Assert.ThrowsAsync<OAuthConnectionException>(() => FetchAsync(wire, resume: false));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_and_added()
    {
        File.WriteAllText(Place, "0123");

        var (_, wire) = await FetchAsync(resume: true, "HTTP/1.1 206 Partial Content\nContent-Range: bytes 4-9/10\n\n456789");

        Assert.Contains("\nRange: bytes=4-\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal("0123456789", File.ReadAllText(Place));
    }

    [Fact]
    public async Task A_file_that_is_there_whole_stays_as_it_is()
    {
        File.WriteAllText(Place, "0123");

        var (response, _) = await FetchAsync(resume: true, "HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */4\n\nno");

        Assert.Equal(416, (int)response.StatusCode);
        Assert.Equal("0123", File.ReadAllText(Place));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\n\nall of it")]
    [InlineData("HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */3\n\nno", "HTTP/1.1 200 OK\n\nall of it")]
    public async Task A_file_of_which_the_server_sends_no_rest_is_fetched_from_its_beginning(params string[] responses)
    {
        File.WriteAllText(Place, "0123");

        await FetchAsync(resume: true, responses);

        Assert.Equal("all of it", File.ReadAllText(Place));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Another_part_than_the_missing_one_is_refused()
    {
        File.WriteAllText(Place, "0123");

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(
            () => FetchAsync(resume: true, "HTTP/1.1 206 Partial Content\nContent-Range: bytes 0-9/10\n\n0123456789"));

        Assert.Equal("ResponseIncomplete", error.ErrorId);
        Assert.Equal("0123", File.ReadAllText(Place));
    }

    [Fact]
    public async Task A_refusal_does_not_touch_the_file()
    {
        File.WriteAllText(Place, "old");

        await Assert.ThrowsAsync<OAuthServerException>(() => FetchAsync(resume: false, Wire.Json("""{"error":"x"}""", "404 Not Found")));

        Assert.Equal("old", File.ReadAllText(Place));
    }

    [Fact]
    public async Task A_download_that_broke_is_made_again_and_resumed_where_it_broke()
    {
        var failing = new HttpResponseMessage { Content = new StreamContent(new BreakingStream("01"u8.ToArray())) };
        var wire = new Wire().Answers(Given.Token("t0ken")).Answers(failing).Answers("HTTP/1.1 206 Partial Content\nContent-Range: bytes 2-3/4\n\n23");
        var session = await wire.ConnectAsync(Given.Blynk);

        await wire.PassTimeUntilAsync(session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, Resume = true }, wire.Log));

        Assert.Equal("0123", File.ReadAllText(Place));
        Assert.Contains("Range: bytes=2-", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_no_part_of_the_file_also_where_the_caller_wants_to_see_it()
    {
        File.WriteAllText(Place, "01");
        var wire = new Wire().Answers(
            Given.Token("first", 600, "refresh-1"), "HTTP/1.1 401 X\n\nno!", Given.Token("second", 600, "refresh-2"),
            "HTTP/1.1 503 X\nRetry-After: 0\n\nbusy", "HTTP/1.1 206 Partial Content\nContent-Range: bytes 2-3/4\n\n23");
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await wire.PassTimeUntilAsync(session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, Resume = true, SkipErrorCheck = true }, wire.Log));

        Assert.Equal("0123", File.ReadAllText(Place));
        Assert.Equal(Place, response.File);
        Assert.All(wire.Requests.Where(request => request.Contains("/file", StringComparison.Ordinal)), request => Assert.Contains("Range: bytes=2-\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_that_the_caller_wants_to_see_is_in_the_response_and_not_in_the_file()
    {
        File.WriteAllText(Place, "old");
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 404 X\nContent-Type: text/plain\n\ngone");
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, SkipErrorCheck = true });

        Assert.Equal(("old", null, "gone"), (File.ReadAllText(Place), response.File, response.WithFile().ReadText()));
    }

    [Fact]
    public async Task The_rest_is_asked_for_as_it_is_and_a_part_of_it_is_gone_on_from()
    {
        File.WriteAllText(Place, "01");
        var wire = new Wire().Answers(
            Given.Token("t0ken"), "HTTP/1.1 206 Partial Content\nContent-Range: bytes 2-3/6\n\n23", "HTTP/1.1 206 Partial Content\nContent-Range: bytes 4-5/6\n\n45");
        var session = await wire.ConnectAsync(Given.Blynk);

        await wire.PassTimeUntilAsync(session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, Resume = true }, wire.Log));

        Assert.Equal("012345", File.ReadAllText(Place));
        Assert.Contains("Accept-Encoding: identity, gzip;q=0, deflate;q=0, br;q=0\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_nobody_asked_for_is_refused()
    {
        File.WriteAllText(Place, "old");

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => FetchAsync(resume: false, "HTTP/1.1 206 Partial Content\nContent-Range: bytes 4-5/6\n\n45"));

        Assert.Equal(("ResponseIncomplete", "old"), (error.ErrorId, File.ReadAllText(Place)));
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_costs_the_time_and_no_more()
    {
        if (OperatingSystem.IsWindows())
            return;

        using (var making = Process.Start("mkfifo", [Place]))
            await making.WaitForExitAsync();
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 200 OK\n\nx");
        var session = await wire.ConnectAsync(Given.Blynk);

        var call = session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, MaximumRetryCount = 0 }, wire.Log);

        Assert.Equal("RequestTimeout", (await Assert.ThrowsAnyAsync<OAuthException>(() => wire.PassTimeUntilAsync(call))).ErrorId);

        // Lets go whoever still waits for the other side.
        await using var reading = File.OpenRead(Place);
    }

    [Fact]
    public async Task A_file_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
            return;

        File.WriteAllText(Place, "old");
        File.SetUnixFileMode(Place, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await FetchAsync(resume: false, "HTTP/1.1 200 OK\n\nnew");

        Assert.Equal(("new", UnixFileMode.UserRead | UnixFileMode.UserWrite), (File.ReadAllText(Place), File.GetUnixFileMode(Place)));
    }

    [Theory]
    [InlineData("no/such/folder/out.bin", "FileNotWritten")]
    [InlineData("", "FileNotWritten")]
    public async Task A_place_where_no_file_can_be_is_refused(string place, string errorId)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 200 OK\n\nx");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = _file, OutFile = Path.Combine(_folder, place) }));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task The_file_that_a_link_leads_to_is_written_and_the_link_stays()
    {
        var target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(Place, target);

        await FetchAsync(resume: false, "HTTP/1.1 200 OK\n\nnew");

        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(Place).LinkTarget);
    }

    [Fact]
    public async Task A_file_is_sent_while_it_is_read_and_again_after_a_renewal()
    {
        File.WriteAllText(Place, "the body");
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"), "HTTP/1.1 401 X", Given.Token("second", 600, "refresh-2"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(new ApiCall { Uri = _file, Method = HttpMethod.Put, Content = ApiContent.FromFile(Place) }, wire.Log);

        Assert.Equal("""
            PUT https://fra1.blynk.cloud/file
            Authorization: Bearer second
            Accept: application/json, */*;q=0.5
            Content-Type: application/octet-stream

            the body
            """, wire.LastRequest);
        Assert.Contains("body: application/octet-stream, a file", wire.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parts_of_a_form_are_text_and_files_with_their_names()
    {
        var file = Path.Combine(_folder, "grün \"1\".txt");
        File.WriteAllText(file, "content");
        var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(new ApiCall
        {
            Uri = _file,
            Method = HttpMethod.Post,
            Content = ApiContent.FromForm([ApiFormPart.FromText("title\r\nX: y", "Grünes Haus"), ApiFormPart.FromFile("file", file)]),
        });

        var boundary = wire.LastRequest.Split("boundary=")[1].Split('\n')[0];
        Assert.Equal(
            $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"title%0D%0AX: y\"\r\n\r\nGrünes Haus"
                + $"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=\"file\"; filename=\"grün %221%22.txt\"\r\n\r\ncontent"
                + $"\r\n--{boundary}--\r\n",
            wire.LastRequest.Split("\n\n", 2)[1]);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", new byte[] { 0xE4 })]
    [InlineData("text/plain; charset=utf-16", new byte[] { 0xE4, 0 })]
    [InlineData("text/plain; charset=utf-7", new byte[] { 0xC3, 0xA4 })]
    [InlineData("text/plain", new byte[] { 0xC3, 0xA4 })]
    public async Task Text_is_sent_in_the_character_set_that_its_media_type_says(string mediaType, byte[] expected)
    {
        using var content = ApiContent.FromText("ä", mediaType).Create(_ => { });

        Assert.Equal(expected, await content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_moves_has_time_and_one_that_stands_still_has_none()
    {
        var clock = new FakeTimeProvider();
        await using var server = new RawServer(async (stream, request, stop) =>
        {
            if (request.StartsWith("POST", StringComparison.Ordinal))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(RawServer.Crlf(Given.Token("t0ken"))), stop);
                return;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), stop);
            for (var piece = 0; piece < 4; piece++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(piece.ToString(CultureInfo.InvariantCulture)), stop);
                await _arrived.UntilAsync(() => Length() > piece);
                clock.Advance(TimeSpan.FromSeconds(20));
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        });
        var session = await Connect.OAuthConnection.ConnectAsync(Given.Blynk with { ServiceUrl = server.Url }, RawServer.Transport(clock));

        var call = session.SendAsync(
            new ApiCall { Uri = _file, OutFile = Place, Resume = true, Timeout = TimeSpan.FromSeconds(30), MaximumRetryCount = 0 }, new ToldLog(_arrived));
        await _arrived.UntilAsync(() => Length() == 4);
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("RequestTimeout", (await Assert.ThrowsAnyAsync<OAuthException>(() => call)).ErrorId);
        Assert.Equal("0123", File.ReadAllText(Place));
    }

    private readonly Happening _arrived = new();

    private long Length() => new FileInfo(Place) is { Exists: true } file ? file.Length : 0;

    private async Task<(ApiResponse Response, Wire Wire)> FetchAsync(bool resume, params string[] responses)
    {
        var wire = new Wire().Answers([Given.Token("t0ken"), .. responses]);
        return (await FetchAsync(wire, resume), wire);
    }

    private async Task<ApiResponse> FetchAsync(Wire wire, bool resume)
    {
        var session = await wire.ConnectAsync(Given.Blynk);
        return await session.SendAsync(new ApiCall { Uri = _file, OutFile = Place, Resume = resume, MaximumRetryCount = 0 }, wire.Log);
    }

    /// <summary>Tells of each piece that was written.</summary>
    private sealed class ToldLog(Happening arrived) : IFlowLog
    {
        public bool WantsVerbose => false;

        public void Verbose(string message)
        {
        }

        public void Warning(OAuthNotice notice)
        {
        }

        public void Transferring(long? bytes, long? total) => arrived.Tell();
    }

    /// <summary>A body that breaks off after some bytes.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position < Length
            ? base.ReadAsync(buffer, cancellationToken)
            : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
